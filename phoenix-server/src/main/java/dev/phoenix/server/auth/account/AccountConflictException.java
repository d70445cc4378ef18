package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import org.springframework.http.HttpStatus;

/** Somebody else has what must be unique. */
public final class AccountConflictException extends RuntimeException {

    /** What two accounts cannot share. */
    public enum Field {
        USERNAME("Username already exists"),
        EMAIL("Email already exists"),
        OAUTH2_ID("another account belongs to this user of the identity provider"),
        LDAP_ID("another account belongs to this entry of the directory");

        private final String message;

        Field(String message) {
            this.message = message;
        }
    }

    private final Field field;

    AccountConflictException(Field field) {
        super(field.message);
        this.field = field;
    }

    public Field field() {
        return field;
    }

    /** As an answer. */
    public ApiException toApiException() {
        return new ApiException(HttpStatus.CONFLICT, field.message);
    }
}
