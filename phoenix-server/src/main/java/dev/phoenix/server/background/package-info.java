/** Work that a server repeats beside its requests. */
@NullMarked
package dev.phoenix.server.background;

import org.jspecify.annotations.NullMarked;
