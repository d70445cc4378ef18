package dev.phoenix.server.ingest;

import java.util.List;

/** Where the evaluations go that come as events of spans. */
@FunctionalInterface
public interface Evaluations {

    /**
     * Returns when they are committed, whether or not their spans have arrived; repeating the call
     * is safe.
     */
    void accept(List<Evaluation> evaluations) throws OverloadException;
}
