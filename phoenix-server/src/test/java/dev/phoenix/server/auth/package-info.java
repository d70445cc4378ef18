@NullMarked
package dev.phoenix.server.auth;

import org.jspecify.annotations.NullMarked;
