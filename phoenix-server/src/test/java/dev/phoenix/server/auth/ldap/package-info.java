@NullMarked
package dev.phoenix.server.auth.ldap;

import org.jspecify.annotations.NullMarked;
