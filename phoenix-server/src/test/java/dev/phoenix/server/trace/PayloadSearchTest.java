package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Searches through payloads, which end when their time is up. */
@ServerTest
class PayloadSearchTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final Duration ALL_TIME = Duration.ofMinutes(1);
    private static final int SPAN_COUNT = 20;

    private final TestServer server;
    private final Telemetry sent;

    PayloadSearchTest(TestServer server) {
        this.server = server;
        this.sent = Telemetry.of(server);
    }

    @Test
    void searchOutOfTime_saysHowFarItCame_andGoesOnThere() {
        send();
        try (Database database = Database.open(server.settings().storage())) {
            var search = new PayloadSearch(database, new SpanReader(database), NO_TIME, 3);
            List<String> found = new ArrayList<>();
            boolean interrupted = false;
            String after = null;
            SearchedSpans page;
            do {
                page = search(database, search, new ConnectionRange(2, false, after, null));
                found.addAll(names(page));
                interrupted |= page.searchedUntil() != null;
                after = page.pageInfo().endCursor();
            } while (page.pageInfo().hasNextPage());
            assertThat(found).isEqualTo(even());
            assertThat(interrupted).isTrue();
            assertThat(page.searchedUntil()).isNull();
        }
    }

    @Test
    void searchFromTheEnd_goesOnBeforeWhereItStopped() {
        send();
        try (Database database = Database.open(server.settings().storage())) {
            var search = new PayloadSearch(database, new SpanReader(database), NO_TIME, 3);
            List<String> found = new ArrayList<>();
            String before = null;
            SearchedSpans page;
            do {
                page = search(database, search, new ConnectionRange(2, true, null, before));
                found.addAll(0, names(page));
                before = page.pageInfo().startCursor();
            } while (page.pageInfo().hasPreviousPage());
            assertThat(found).isEqualTo(even());
        }
    }

    @Test
    void searchWithTime_fillsItsPageFromManyStretches() {
        send();
        try (Database database = Database.open(server.settings().storage())) {
            var search = new PayloadSearch(database, new SpanReader(database), ALL_TIME, 1);
            var page = search(database, search, new ConnectionRange(9, false, null, null));
            assertThat(names(page)).isEqualTo(even().subList(0, 9));
            assertThat(page.searchedUntil()).isNull();
            assertThat(page.pageInfo().hasNextPage()).isTrue();
        }
    }

    @Test
    void list_saysNothingWhereNothingWasLeftOut() {
        send();
        var spans =
                new Api(server)
                        .query(
                                "{ getProjectByName(name: \"%s\") { spans(first: 20, filterCondition: \"'even' in parity\") { searchedUntil edges { node { name } } } } }"
                                        .formatted(sent.project()))
                        .at("/getProjectByName/spans");
        assertThat(spans.path("searchedUntil").isNull()).isTrue();
        assertThat(
                        StreamSupport.stream(spans.path("edges").spliterator(), false)
                                .map(edge -> edge.at("/node/name").asString())
                                .toList())
                .isEqualTo(even());
    }

    /** Two spans each start at the same time. */
    private void send() {
        for (int i = 1; i <= SPAN_COUNT; i++) {
            String parity = i % 2 == 0 ? "even" : "odd";
            sent.span(i, i, i / 2, SPAN_COUNT, span -> span.attribute("parity", parity));
        }
        sent.send();
    }

    /** Those to be found, the last one to start first. */
    private static List<String> even() {
        return IntStream.range(0, SPAN_COUNT / 2)
                .mapToObj(i -> "span " + (SPAN_COUNT - 2 * i))
                .toList();
    }

    private static List<String> names(SearchedSpans page) {
        return page.edges().stream().map(edge -> edge.node().name()).toList();
    }

    private SearchedSpans search(Database database, PayloadSearch search, ConnectionRange page) {
        long project =
                database.read()
                        .select(PROJECTS.ID)
                        .from(PROJECTS)
                        .where(PROJECTS.NAME.eq(sent.project()))
                        .fetchSingle(row -> row.value1());
        return search.of(
                project,
                TimeRange.ALL,
                SPANS.NAME.in(even()),
                SpanColumn.byStart(SortDirection.DESC),
                page);
    }
}
