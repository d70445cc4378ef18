/**
 * What spans of other conventions mean in OpenInference: one class of rules per dialect, chosen by
 * evidence in the span. Nothing that was sent is ever replaced.
 */
@NullMarked
package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.NullMarked;
