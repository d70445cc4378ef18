package dev.phoenix.server.api;

import graphql.GraphQLContext;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much stored text one GraphQL answer may be made of. The limits of a query count fields, and a
 * field may be a text of any length.
 */
public final class AnswerBudget {

    static final long BYTES = 64L << 20;

    private final AtomicLong used = new AtomicLong();

    public static AnswerBudget of(GraphQLContext request) {
        return request.get(AnswerBudget.class);
    }

    /** Counts text that the answer keeps in memory. */
    public void take(long bytes) {
        if (used.addAndGet(bytes) > BYTES) {
            throw ApiException.badRequest(
                    "an answer may be made of at most %d bytes of span payloads; ask for fewer spans, or for fewer of attributes, events, links, metadata and whole values"
                            .formatted(BYTES));
        }
    }
}
