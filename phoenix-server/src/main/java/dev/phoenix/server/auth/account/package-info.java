/** Users of this server: who they are, their passwords and roles. */
@NullMarked
package dev.phoenix.server.auth.account;

import org.jspecify.annotations.NullMarked;
