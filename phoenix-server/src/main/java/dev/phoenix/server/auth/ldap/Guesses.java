package dev.phoenix.server.auth.ldap;

import com.unboundid.ldap.sdk.LDAPException;

/** Bounds how often the password of an entry is guessed, by whatever name it is found. */
@FunctionalInterface
interface Guesses {

    /**
     * Whether the password is right.
     *
     * @param entry the name of the entry, always written the same
     * @throws dev.phoenix.server.api.ApiException if it was wrong too often
     */
    boolean isRight(String entry, Bind bind) throws LDAPException;

    /** Asks the directory. */
    @FunctionalInterface
    interface Bind {

        boolean succeeds() throws LDAPException;
    }
}
