package dev.phoenix.server.auth;

import graphql.schema.DataFetchingEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** The caller of the request at hand, which the policy has let through. */
public final class CurrentPrincipal {

    private static final String ATTRIBUTE = Principal.class.getName();

    private CurrentPrincipal() {}

    public static Principal of(HttpServletRequest request) {
        return (Principal) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
    }

    public static Principal of(DataFetchingEnvironment environment) {
        return of(request(environment));
    }

    /** The request a GraphQL field is fetched for. */
    public static HttpServletRequest request(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(
                environment.getGraphQlContext().get(HttpServletRequest.class));
    }

    static void set(HttpServletRequest request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }
}
