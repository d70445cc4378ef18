package dev.phoenix.server.auth;

import jakarta.servlet.http.HttpServletRequest;

/** For answers that take longer than a credential may be valid. */
@FunctionalInterface
public interface ContinuedAccess {

    /** Whether the policy would let the same request through now. */
    boolean continues(HttpServletRequest request);
}
