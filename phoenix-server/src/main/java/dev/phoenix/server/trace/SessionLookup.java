package dev.phoenix.server.trace;

import java.util.Collection;

/** Finds the sessions that requests for traces name. */
public interface SessionLookup {

    /** The keys of sessions given by global id or by session id; unknown ones are left out. */
    Collection<Long> keys(Collection<String> identifiers);
}
