package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Who writes annotations.
 *
 * @param userId null while authentication is off
 * @param mayChangeAll also what others wrote
 */
record Author(@Nullable Long userId, boolean mayChangeAll) {

    static Author of(Principal principal) {
        return new Author(principal.userId(), principal.isAdmin());
    }

    void refuse(String name, String identifier) {
        throw new ApiException(
                HttpStatus.FORBIDDEN,
                "the annotation %s with the identifier '%s' is not associated with the current user; choose another identifier"
                        .formatted(name, identifier));
    }
}
