@NullMarked
package dev.phoenix.server.trace;

import org.jspecify.annotations.NullMarked;
