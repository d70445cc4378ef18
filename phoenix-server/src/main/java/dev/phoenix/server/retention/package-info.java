/** How long traces are kept: policies, the sweep that enforces them, and what it purged. */
@NullMarked
package dev.phoenix.server.retention;

import org.jspecify.annotations.NullMarked;
