package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                instanceof String pattern) {
            if (!policy.hasMethod(request.getMethod(), pattern)) {
                refuse(response, policy.methods(pattern));
                return false;
            }
            CurrentPrincipal.set(request, admit(request, pattern));
            storage.check(Operation.http(request.getMethod(), pattern));
            return true;
        }
        // Without a pattern there are only Spring's own answers to OPTIONS, which is no operation.
        refuse(response, Set.of());
        return false;
    }

    /**
     * Nobody is asked for a log-in, nor told who may do it, where nothing can be done. An exception
     * would not do: to preflights of browsers nothing looks at one.
     */
    private static void refuse(HttpServletResponse response, Set<String> methods)
            throws IOException {
        if (!methods.isEmpty()) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        }
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
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
