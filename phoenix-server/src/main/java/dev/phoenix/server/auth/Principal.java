package dev.phoenix.server.auth;

/** The caller of an operation. */
public record Principal(String name, Role role) {

    /** Everybody, while authentication is off: nothing is refused. */
    public static final Principal ANYBODY = new Principal("anybody", Role.ADMIN);
}
