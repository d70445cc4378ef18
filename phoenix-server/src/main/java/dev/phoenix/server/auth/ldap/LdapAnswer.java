package dev.phoenix.server.auth.ldap;

/** What the directory makes of a name and a password. */
sealed interface LdapAnswer {

    record Accepted(LdapIdentity identity) implements LdapAnswer {}

    /** Not them, or not here: the caller learns no more than that. */
    record Refused() implements LdapAnswer {}

    /** It could not be asked, or did not tell everything. Nobody's fault who logs in. */
    record Unavailable() implements LdapAnswer {}
}
