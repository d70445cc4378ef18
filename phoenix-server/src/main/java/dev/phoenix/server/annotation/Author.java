package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Who writes annotations.
 *
 * @param userId null while authentication is off
 * @param mayChangeAll also replace and delete what others wrote
 * @param mayPatchAll also change it under its id, where it stays theirs: nobody puts words into the
 *     mouth of somebody who has an account
 */
record Author(@Nullable Long userId, boolean mayChangeAll, boolean mayPatchAll) {

    static Author of(Principal principal) {
        return new Author(
                principal.userId(), principal.isAdmin(), principal.credential() == Credential.OFF);
    }

    boolean mayPatch(@Nullable Long writer) {
        return mayPatchAll || writer == null || writer.equals(userId);
    }

    boolean mayDelete(@Nullable Long writer) {
        return mayChangeAll || writer == null || writer.equals(userId);
    }

    void refuse(String name, String identifier) {
        throw new ApiException(
                HttpStatus.FORBIDDEN,
                "the annotation %s with the identifier '%s' is not associated with the current user; choose another identifier"
                        .formatted(name, identifier));
    }
}
