/** Logging in with the name and password of an LDAP directory. */
@NullMarked
package dev.phoenix.server.auth.ldap;

import org.jspecify.annotations.NullMarked;
