package dev.phoenix.server.auth.oidc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why nobody was logged in, as the log-in page is told. Only the code travels in addresses: what a
 * provider says about it may be anybody's text.
 */
public enum LoginError {
    UNKNOWN_IDP("This server does not know that identity provider."),
    AUTH_FAILED("Logging in did not work. Please try again."),
    INVALID_STATE("The log-in took too long or began elsewhere. Please try again."),
    OAUTH_ERROR("The identity provider refused the log-in."),
    NO_OIDC_SUPPORT("The identity provider does not support OpenID Connect."),
    MISSING_EMAIL_SCOPE("The identity provider did not tell an email address."),
    EMAIL_IN_USE(
            "An account with that email address exists already and belongs to another way of logging in."),
    SIGN_IN_NOT_ALLOWED("You are not allowed to log in here. Please ask an administrator.");

    private final String text;

    LoginError(String text) {
        this.text = text;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people read, by code. */
    public static Map<String, String> texts() {
        return Arrays.stream(values())
                .collect(Collectors.toUnmodifiableMap(LoginError::code, error -> error.text));
    }
}
