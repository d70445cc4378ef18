package dev.phoenix.server.ingest;

import dev.phoenix.server.db.DiskFull;

/** There is no room for the spans; nobody knows for how long. Nothing was acknowledged. */
public final class StorageFullException extends Exception {

    private static final long serialVersionUID = 1L;

    public StorageFullException() {
        super(DiskFull.MESSAGE);
    }
}
