package dev.phoenix.server.auth;

/** What a caller may do. Each role includes those before it. */
public enum Role {
    ANONYMOUS,
    VIEWER,
    MEMBER,
    /** Of the one internal user and its API keys: data goes in and out, nothing is administered. */
    SYSTEM,
    ADMIN;

    public boolean includes(Role required) {
        return compareTo(required) >= 0;
    }
}
