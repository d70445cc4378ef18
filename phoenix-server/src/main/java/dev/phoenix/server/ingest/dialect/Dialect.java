package dev.phoenix.server.ingest.dialect;

import java.util.List;

/** One convention in which instrumentations write spans. */
interface Dialect {

    /** The name under which APIs and the stored derivation know it. */
    String id();

    String title();

    /** How names of attributes begin that only this dialect has. */
    List<String> evidence();

    /** How names of events begin that only this dialect has. */
    default List<String> eventEvidence() {
        return List.of();
    }

    /**
     * Names of scopes that make it worth asking {@link #isIn}, which then must not rely on them.
     */
    default List<String> scopeEvidence() {
        return List.of();
    }

    /** Whether the evidence is enough; asked only where there is some. */
    default boolean isIn(SentSpan span) {
        return true;
    }

    /** In the order in which they are tried; of two rules for one path the first to find wins. */
    List<Rule> rules();

    /** What its senders must switch on for content to arrive; empty where nothing. */
    default String advice() {
        return "";
    }

    /** Whether senders leave out content unless told otherwise. */
    default boolean contentIsOptIn() {
        return !advice().isEmpty();
    }
}
