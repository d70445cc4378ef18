/** Signed tokens and the credentials behind them. */
@NullMarked
package dev.phoenix.server.auth.token;

import org.jspecify.annotations.NullMarked;
