package dev.phoenix.server.ingest.rederive;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import java.time.InstantSource;

/** Asks for stored spans to be read anew from outside of a server, which then does the work. */
public final class RederivationRequest {

    private RederivationRequest() {}

    /** All spans of the database; returns the id of the job. */
    public static String forAllSpans(Database database) {
        return new Rederivations(database, new KeyAllocator(database), InstantSource.system())
                .create(null)
                .id();
    }
}
