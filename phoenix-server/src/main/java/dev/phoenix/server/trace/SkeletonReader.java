package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.trace.TraceSkeleton.Columns;
import dev.phoenix.server.trace.TraceSkeleton.Summary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the spans of a trace by start time, straight into columns. */
@Service
class SkeletonReader {

    private static final long NANOS_PER_MICRO = 1000;
    private static final List<SelectField<?>> SELECTED =
            List.of(
                    SPANS.ID,
                    SPANS.SPAN_ID,
                    SPANS.PARENT_SPAN_ID,
                    SPANS.NAME,
                    SPANS.SPAN_KIND,
                    SPANS.STATUS_CODE,
                    SPANS.STATUS_MESSAGE,
                    SPANS.START_NS,
                    SPANS.END_NS,
                    SPANS.PROMPT_TOKENS,
                    SPANS.COMPLETION_TOKENS);

    private final DSLContext database;
    private final Keyset<Long> order = SpanColumn.byStart(SortDirection.ASC);

    SkeletonReader(Database database) {
        this.database = database.read();
    }

    TraceSkeleton read(Trace trace, @Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : order.after(after);
        var query =
                database.select(SELECTED)
                        .from(SPANS)
                        .where(SPANS.TRACE_KEY.eq(trace.key()), start)
                        .orderBy(order.order())
                        .limit(limit + 1);
        Builder columns = new Builder(trace.startNs());
        String next = null;
        try (var rows = query.fetchLazy()) {
            for (Iterator<Record> row = rows.iterator(); row.hasNext() && next == null; ) {
                columns.add(row.next());
                next = columns.size() == limit && row.hasNext() ? columns.cursor() : null;
            }
        }
        return new TraceSkeleton(Summary.of(trace), columns.build(), next);
    }

    private static final class Builder {

        private final long origin;
        private final Columns columns =
                new Columns(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        private long lastKey;
        private long lastStart;

        Builder(long origin) {
            this.origin = origin;
        }

        void add(Record row) {
            lastKey = row.get(SPANS.ID);
            lastStart = row.get(SPANS.START_NS);
            String status = row.get(SPANS.STATUS_CODE);
            columns.id().add(GlobalId.encode(Span.TYPE, lastKey));
            columns.spanId().add(row.get(SPANS.SPAN_ID));
            columns.parentId().add(row.get(SPANS.PARENT_SPAN_ID));
            columns.name().add(row.get(SPANS.NAME));
            columns.kind().add(row.get(SPANS.SPAN_KIND).toLowerCase(Locale.ROOT));
            columns.status().add(status);
            columns.startMicros().add(Math.floorDiv(lastStart - origin, NANOS_PER_MICRO));
            columns.durationMicros().add((row.get(SPANS.END_NS) - lastStart) / NANOS_PER_MICRO);
            columns.tokens()
                    .add(
                            Span.total(
                                    row.get(SPANS.PROMPT_TOKENS),
                                    row.get(SPANS.COMPLETION_TOKENS)));
            columns.error().add(status.equals("ERROR") ? row.get(SPANS.STATUS_MESSAGE) : null);
        }

        int size() {
            return columns.id().size();
        }

        String cursor() {
            return new Cursor(lastKey, SortKey.DATETIME, lastStart).encode();
        }

        Columns build() {
            return columns;
        }
    }
}
