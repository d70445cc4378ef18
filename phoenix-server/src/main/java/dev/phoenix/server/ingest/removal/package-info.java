/**
 * Deletes and moves stored traces: at once where they are few, else as jobs that survive a crash.
 */
@NullMarked
package dev.phoenix.server.ingest.removal;

import org.jspecify.annotations.NullMarked;
