package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.project.ProjectRollups;
import dev.phoenix.server.project.RollupRange;
import java.util.Collection;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.Table;

/** Whose latencies: the rows, and where their histograms are. */
enum LatencySource {
    TRACE(TRACES, TRACES.PROJECT_ID, TRACES.START_NS, TRACES.END_NS) {
        @Override
        Select<Record2<Long, byte[]>> histograms(Collection<Long> projectKeys, RollupRange range) {
            return ProjectRollups.traceLatencies(projectKeys, range);
        }

        @Override
        Select<Record2<Long, Long>> counts(Collection<Long> projectKeys, RollupRange range) {
            return ProjectRollups.traceCounts(projectKeys, range);
        }
    },
    SPAN(SPANS, SPANS.PROJECT_ID, SPANS.START_NS, SPANS.END_NS) {
        @Override
        Select<Record2<Long, byte[]>> histograms(Collection<Long> projectKeys, RollupRange range) {
            return ProjectRollups.spanLatencies(projectKeys, range);
        }

        @Override
        Select<Record2<Long, Long>> counts(Collection<Long> projectKeys, RollupRange range) {
            return ProjectRollups.spanCounts(projectKeys, range);
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

    abstract Select<Record2<Long, byte[]>> histograms(
            Collection<Long> projectKeys, RollupRange range);

    abstract Select<Record2<Long, Long>> counts(Collection<Long> projectKeys, RollupRange range);

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
