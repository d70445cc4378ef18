@NullMarked
package dev.phoenix.server.auth.token;

import org.jspecify.annotations.NullMarked;
