@NullMarked
package dev.phoenix.server.secret;

import org.jspecify.annotations.NullMarked;
