package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.account.PasswordGuesses;
import dev.phoenix.server.auth.account.User;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Counts guesses made elsewhere with those made by logging in. */
@Component
class LoginGuesses implements PasswordGuesses {

    private final LoginAttempts attempts;

    LoginGuesses(LoginAttempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public boolean isRight(User user, BooleanSupplier check) {
        String account = LocalLogin.account(String.valueOf(user.email()));
        return attempts.attempt(
                        account,
                        () -> check.getAsBoolean() ? Optional.of(user) : Optional.<User>empty())
                .isPresent();
    }
}
