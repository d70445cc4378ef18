/** Adds up from scratch what the writer keeps up to date, and tells where the two differ. */
@NullMarked
package dev.phoenix.server.ingest.recount;

import org.jspecify.annotations.NullMarked;
