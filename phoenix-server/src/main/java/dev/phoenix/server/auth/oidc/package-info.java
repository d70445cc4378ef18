/** Logging in through an identity provider that speaks OpenID Connect. */
@NullMarked
package dev.phoenix.server.auth.oidc;

import org.jspecify.annotations.NullMarked;
