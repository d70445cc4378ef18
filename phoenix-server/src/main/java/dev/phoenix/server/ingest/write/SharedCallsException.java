package dev.phoenix.server.ingest.write;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Traces that cannot be taken away by what they count alone: other traces report some of their
 * calls, too. Nothing has happened to them yet.
 */
public final class SharedCallsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<Long> traceKeys;

    private SharedCallsException(Set<Long> traceKeys) {
        super("%d traces report calls of other traces".formatted(traceKeys.size()));
        this.traceKeys = traceKeys;
    }

    static void refuse(Collection<LockedTrace> traces) {
        Set<Long> sharing =
                traces.stream()
                        .filter(LockedTrace::sharesCalls)
                        .map(LockedTrace::key)
                        .collect(Collectors.toUnmodifiableSet());
        if (!sharing.isEmpty()) {
            throw new SharedCallsException(sharing);
        }
    }

    Set<Long> traceKeys() {
        return traceKeys;
    }
}
