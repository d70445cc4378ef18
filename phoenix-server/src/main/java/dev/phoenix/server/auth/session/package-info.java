/** Logging in and out, and the tokens of those who are logged in. */
@NullMarked
package dev.phoenix.server.auth.session;

import org.jspecify.annotations.NullMarked;
