@NullMarked
package dev.phoenix.server.auth.oidc;

import org.jspecify.annotations.NullMarked;
