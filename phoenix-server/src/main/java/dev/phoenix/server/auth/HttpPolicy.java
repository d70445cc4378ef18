package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.CallerTurns.Turn;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.WebUtils;

/** Checks every HTTP request before its handler runs, and leaves the principal for it. */
final class HttpPolicy implements AsyncHandlerInterceptor, ContinuedAccess {

    private static final String COOKIE = "phoenix-access-token";

    private final PolicyTable policy;
    private final Authenticator authenticator;
    private final StorageGate storage;
    private final CallerTurns turns;

    HttpPolicy(
            PolicyTable policy,
            Authenticator authenticator,
            StorageGate storage,
            CallerTurns turns) {
        this.policy = policy;
        this.authenticator = authenticator;
        this.storage = storage;
        this.turns = turns;
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
            Principal principal = admit(request, pattern);
            CurrentPrincipal.set(request, principal);
            Operation operation = Operation.http(request.getMethod(), pattern);
            storage.check(operation);
            // An answer that comes later passes here once more.
            if (request.getAttribute(Turn.ATTRIBUTE) == null && needsTurn(request, pattern)) {
                request.setAttribute(Turn.ATTRIBUTE, turns.take(principal, operation));
            }
            return true;
        }
        // Without a pattern there are only Spring's own answers to OPTIONS, which is no operation.
        refuse(response, Set.of());
        return false;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception failure) {
        Turn.of(request).close();
    }

    /** The answer comes later, or never if the caller goes away. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.getAsyncContext().addListener(new Closing(Turn.of(request)));
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
        policy.check(principal, row(request, pattern));
        return principal;
    }

    /**
     * What strangers may do as often as they like, known callers may as well: log out, above all.
     */
    private boolean needsTurn(HttpServletRequest request, String pattern) {
        return policy.required(row(request, pattern)) != Role.ANONYMOUS;
    }

    private Operation row(HttpServletRequest request, String pattern) {
        Operation anyMethod = Operation.http("*", pattern);
        return policy.find(anyMethod).isPresent()
                ? anyMethod
                : Operation.http(request.getMethod(), pattern);
    }

    private static @Nullable String cookie(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    /** However the answer ends. */
    private record Closing(Turn turn) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            turn.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
