package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.WebUtils;

/** Checks every HTTP request before its handler runs, and leaves the principal for it. */
final class HttpPolicy implements HandlerInterceptor, ContinuedAccess {

    private static final String COOKIE = "phoenix-access-token";

    private final PolicyTable policy;
    private final Authenticator authenticator;
    private final StorageGate storage;

    HttpPolicy(PolicyTable policy, Authenticator authenticator, StorageGate storage) {
        this.policy = policy;
        this.authenticator = authenticator;
        this.storage = storage;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                instanceof String pattern) {
            CurrentPrincipal.set(request, admit(request, pattern));
            storage.check(Operation.http(request.getMethod(), pattern));
            return true;
        }
        // Without a pattern there is only Spring's own answer to OPTIONS, which is no operation.
        throw new ApiException(
                HttpStatus.METHOD_NOT_ALLOWED, HttpStatus.METHOD_NOT_ALLOWED.getReasonPhrase());
    }

    @Override
    public boolean continues(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        try {
            admit(request, Objects.toString(pattern));
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    private Principal admit(HttpServletRequest request, String pattern) {
        Principal principal =
                authenticator.authenticate(
                        request.getHeader(HttpHeaders.AUTHORIZATION), cookie(request));
        Operation anyMethod = Operation.http("*", pattern);
        Operation operation = Operation.http(request.getMethod(), pattern);
        policy.check(principal, policy.find(anyMethod).isPresent() ? anyMethod : operation);
        return principal;
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? null : cookie.getValue();
    }
}
