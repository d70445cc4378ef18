/** Computes the costs of stored spans anew, in the background, after prices changed. */
@NullMarked
package dev.phoenix.server.ingest.recompute;

import org.jspecify.annotations.NullMarked;
