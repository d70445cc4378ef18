package dev.phoenix.server.auth;

/** What a caller may do. Each role includes those before it. */
public enum Role {
    ANONYMOUS,
    VIEWER,
    MEMBER,
    ADMIN;

    boolean includes(Role required) {
        return compareTo(required) >= 0;
    }
}
