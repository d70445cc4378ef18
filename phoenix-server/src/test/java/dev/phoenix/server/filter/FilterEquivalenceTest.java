package dev.phoenix.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.jooq.Tables;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.kit.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jooq.Field;
import org.jooq.Table;

/** Both engines choose the rows that the language means. */
class FilterEquivalenceTest {

    private static final Stored STORED = Sample.rows();
    private static final Map<TestEngine, Database> DATABASES = new EnumMap<>(TestEngine.class);

    @BeforeContainer
    static void store() throws IOException {
        Path folder = Files.createTempDirectory("phoenix-filter-");
        for (TestEngine engine : List.of(TestEngine.SQLITE, TestEngine.POSTGRESQL)) {
            DATABASES.put(engine, open(engine, folder));
        }
    }

    @AfterContainer
    static void close() {
        DATABASES.values().forEach(Database::close);
    }

    private static Database open(TestEngine engine, Path folder) {
        Database database = Database.open(engine.newStorage(folder, Map.of()));
        Sample.store(STORED, database);
        return database;
    }

    @Provide
    Arbitrary<String> spanConditions() {
        return Conditions.ofSpans();
    }

    @Provide
    Arbitrary<String> traceConditions() {
        return Conditions.ofTraces();
    }

    @Provide
    Arbitrary<String> sessionConditions() {
        return Conditions.ofSessions();
    }

    @Provide
    Arbitrary<String> oddSpanConditions() {
        return OddConditions.ofSpans();
    }

    @Provide
    Arbitrary<String> oddTraceConditions() {
        return OddConditions.ofTraces();
    }

    @Provide
    Arbitrary<String> oddSessionConditions() {
        return OddConditions.ofSessions();
    }

    @Property(tries = 600)
    void spans(@ForAll("spanConditions") String condition) {
        check(Source.SPAN, condition, STORED.spans(), Stored.Span::id);
    }

    @Property(tries = 400)
    void traces(@ForAll("traceConditions") String condition) {
        check(Source.TRACE, condition, STORED.traces(), Stored.Trace::id);
    }

    @Property(tries = 400)
    void sessions(@ForAll("sessionConditions") String condition) {
        check(Source.SESSION, condition, STORED.sessions(), Stored.Session::id);
    }

    @Property(tries = 600)
    void oddSpans(@ForAll("oddSpanConditions") String condition) {
        checkIfAccepted(Source.SPAN, condition, STORED.spans(), Stored.Span::id);
    }

    @Property(tries = 400)
    void oddTraces(@ForAll("oddTraceConditions") String condition) {
        checkIfAccepted(Source.TRACE, condition, STORED.traces(), Stored.Trace::id);
    }

    @Property(tries = 400)
    void oddSessions(@ForAll("oddSessionConditions") String condition) {
        checkIfAccepted(Source.SESSION, condition, STORED.sessions(), Stored.Session::id);
    }

    /** What is refused is refused in words; what is not, is answered. */
    private static <T> void checkIfAccepted(
            Source source, String text, List<T> rows, ToLongFunction<T> id) {
        try {
            Typing.type(source, text);
        } catch (FilterException refusal) {
            Statistics.collect("refused");
            assertThat(refusal).as(text).hasMessageStartingWith("character ");
            return;
        }
        Statistics.collect("accepted");
        check(source, text, rows, id);
    }

    private static <T> void check(Source source, String text, List<T> rows, ToLongFunction<T> id) {
        Check check = Typing.type(source, text).check();
        var meant = new TreeSet<Long>();
        for (T row : rows) {
            if (new Evaluator(STORED).chooses(source, row, check)) {
                meant.add(id.applyAsLong(row));
            }
        }
        DATABASES.forEach(
                (engine, database) ->
                        assertThat(found(database, source, check))
                                .as("%s: %s", engine, text)
                                .isEqualTo(meant));
    }

    private static Set<Long> found(Database database, Source source, Check check) {
        Table<?> table = Columns.table(source);
        Field<Long> id =
                switch (source) {
                    case SPAN -> Tables.SPANS.ID;
                    case TRACE -> Tables.TRACES.ID;
                    default -> Tables.PROJECT_SESSIONS.ID;
                };
        var condition = Assembly.of(database.engine(), source, check, table);
        return new TreeSet<>(database.read().select(id).from(table).where(condition).fetch(id));
    }
}
