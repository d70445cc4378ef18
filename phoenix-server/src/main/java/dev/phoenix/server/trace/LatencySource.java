package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.project.StoredLatencies;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/** Whose latencies: the rows, and where their histograms are. */
enum LatencySource {
    TRACE(TRACES, TRACES.PROJECT_ID, TRACES.START_NS, TRACES.END_NS) {
        @Override
        StoredLatencies stored(DSLContext database) {
            return StoredLatencies.ofTraces(database);
        }
    },
    SPAN(SPANS, SPANS.PROJECT_ID, SPANS.START_NS, SPANS.END_NS) {
        @Override
        StoredLatencies stored(DSLContext database) {
            return StoredLatencies.ofSpans(database);
        }
    };

    private final Table<?> rows;
    private final Field<Long> project;
    private final Field<Long> start;
    private final Field<Long> end;

    LatencySource(Table<?> rows, Field<Long> project, Field<Long> start, Field<Long> end) {
        this.rows = rows;
        this.project = project;
        this.start = start;
        this.end = end;
    }

    /** Of time buckets, remembered by whoever asks. */
    abstract StoredLatencies stored(DSLContext database);

    Table<?> rows() {
        return rows;
    }

    Field<Long> project() {
        return project;
    }

    Field<Long> start() {
        return start;
    }

    Field<Long> latency() {
        return end.minus(start);
    }
}
