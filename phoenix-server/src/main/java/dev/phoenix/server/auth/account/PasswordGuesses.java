package dev.phoenix.server.auth.account;

import java.util.function.BooleanSupplier;

/** Bounds how often the password of somebody is guessed, wherever that is possible. */
public interface PasswordGuesses {

    /**
     * Whether the password is right.
     *
     * @throws dev.phoenix.server.api.ApiException if it was wrong too often
     */
    boolean isRight(User user, BooleanSupplier check);
}
