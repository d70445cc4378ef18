@NullMarked
package dev.phoenix.server.retention;

import org.jspecify.annotations.NullMarked;
