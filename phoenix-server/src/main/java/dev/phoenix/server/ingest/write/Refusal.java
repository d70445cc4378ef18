package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.RejectionReason;

/**
 * A span that was not stored.
 *
 * @param index position in the list that was to be written
 */
record Refusal(int index, RejectionReason reason, String message) {

    Refusal shifted(int by) {
        return new Refusal(index + by, reason, message);
    }
}
