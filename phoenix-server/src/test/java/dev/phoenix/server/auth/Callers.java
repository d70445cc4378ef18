package dev.phoenix.server.auth;

/** Callers for tests of the policy alone. */
final class Callers {

    private Callers() {}

    static Principal with(String name, Role role) {
        return role == Role.ANONYMOUS
                ? new Principal(null, name, role, Credential.NONE, 0)
                : new Principal(1L, name, role, Credential.SESSION, 1);
    }
}
