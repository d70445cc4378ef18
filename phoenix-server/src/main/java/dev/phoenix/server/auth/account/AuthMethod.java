package dev.phoenix.server.auth.account;

/** Who vouches for a user, and so how the user logs in. */
public enum AuthMethod {
    /** A password kept here. */
    LOCAL,
    /** An identity provider. */
    OAUTH2,
    /** A directory. */
    LDAP
}
