package dev.phoenix.server.auth;

/** What a caller proved with who they are. */
public enum Credential {
    /** Nothing is asked for while authentication is off. */
    OFF,
    NONE,
    /** An access token, from a cookie or as bearer. */
    SESSION,
    USER_KEY,
    SYSTEM_KEY,
    ADMIN_SECRET
}
