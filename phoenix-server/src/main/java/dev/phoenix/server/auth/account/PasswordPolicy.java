package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.PasswordRule;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import org.springframework.stereotype.Component;

/** Holds new passwords to the rule of the settings. */
@Component
public class PasswordPolicy {

    private final PasswordRule rule;

    PasswordPolicy(PasswordSettings settings) {
        this.rule = new PasswordRule(settings.strong());
    }

    /** Refuses with 422, and says everything that is missing. */
    public void check(Secret password) {
        rule.brokenBy(password)
                .ifPresent(
                        broken -> {
                            throw ApiException.unprocessable(broken);
                        });
    }
}
