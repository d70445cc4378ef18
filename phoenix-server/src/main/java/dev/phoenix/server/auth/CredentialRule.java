package dev.phoenix.server.auth;

import java.util.EnumSet;
import java.util.Set;

/** Which credentials open an operation, whatever the role of who shows them. */
enum CredentialRule {
    ANY(EnumSet.allOf(Credential.class), "any", ""),
    /** Where there are no users there is nothing of theirs. */
    LOGGED_IN(
            EnumSet.of(
                    Credential.SESSION,
                    Credential.USER_KEY,
                    Credential.SYSTEM_KEY,
                    Credential.ADMIN_SECRET),
            "any, while authentication is on",
            ""),
    /** A key of the whole system is nobody's in particular. */
    NO_SYSTEM_KEY(
            EnumSet.of(Credential.SESSION, Credential.USER_KEY, Credential.ADMIN_SECRET),
            "any but a system key",
            "a system API key has no personal keys; use a key or a session of a person"),
    /** Of somebody who can have a name and a password. */
    PERSONAL(
            EnumSet.of(Credential.SESSION, Credential.USER_KEY),
            "of a person",
            "only people can do this; log in as one"),
    /** Keys would otherwise outlive whoever made them. */
    SESSION(
            EnumSet.of(Credential.SESSION),
            "session",
            "API keys cannot create API keys; log in and create it in a session"),
    SESSION_OR_SECRET(
            EnumSet.of(Credential.SESSION, Credential.ADMIN_SECRET),
            "session or admin secret",
            "API keys cannot create API keys; log in and create it in a session, or use the admin secret");

    private final Set<Credential> accepted;
    private final String shown;
    private final String refusal;

    CredentialRule(Set<Credential> accepted, String shown, String refusal) {
        this.accepted = accepted;
        this.shown = shown;
        this.refusal = refusal;
    }

    boolean accepts(Credential credential) {
        return accepted.contains(credential);
    }

    String refusal(Credential credential) {
        return credential == Credential.OFF
                ? "there are no users while authentication is off; set PHOENIX_ENABLE_AUTH to TRUE"
                : refusal;
    }

    String shown() {
        return shown;
    }
}
