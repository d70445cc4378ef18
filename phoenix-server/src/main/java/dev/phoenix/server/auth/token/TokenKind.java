package dev.phoenix.server.auth.token;

/** What a token is for; the name is part of the token. */
public enum TokenKind {
    ACCESS("AccessToken"),
    REFRESH("RefreshToken"),
    PASSWORD_RESET("PasswordResetToken"),
    API_KEY("ApiKey");

    private final String wireName;

    TokenKind(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
