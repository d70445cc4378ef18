package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSION_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static dev.phoenix.server.db.jooq.Tables.TRACE_ANNOTATIONS;
import static org.jooq.impl.DSL.select;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Documents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Attributes and annotations that a project was sent lately. Looks at no more than a little. */
@Component
class Observed {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int NEWEST_SPANS = 200;
    private static final int NEWEST_ANNOTATIONS = 5000;
    private static final int SPANS_AT_ONCE = 20;
    private static final int MOST_PATHS = 500;
    private static final int DEEPEST = 8;
    private static final int MOST_CHARACTERS = 2 * 1024 * 1024;
    private static final long LARGEST = MOST_CHARACTERS / SPANS_AT_ONCE;
    private static final Duration LONGEST = Duration.ofMillis(300);

    private final DSLContext database;

    Observed(Database database) {
        this.database = database.read();
    }

    /** Paths of attributes in order; of the spans without a parent only, if wanted. */
    List<List<String>> attributes(long projectKey, TimeRange range, boolean roots) {
        Condition newest = SPANS.PROJECT_ID.eq(projectKey).and(range.contains(SPANS.START_NS));
        List<Long> keys =
                database.select(SPANS.ID)
                        .from(SPANS)
                        .where(roots ? newest.and(SPANS.PARENT_SPAN_ID.isNull()) : newest)
                        .orderBy(SPANS.START_NS.desc(), SPANS.ID.desc())
                        .limit(NEWEST_SPANS)
                        .fetch(SPANS.ID);
        Set<String> paths = new TreeSet<>();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long left = MOST_CHARACTERS;
        for (int from = 0; from < keys.size(); from += SPANS_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + SPANS_AT_ONCE));
            for (String attributes : attributes(some)) {
                left -= attributes.length();
                addPaths(attributes, paths);
            }
            if (left <= 0 || paths.size() >= MOST_PATHS || System.nanoTime() > deadline) {
                break;
            }
        }
        return paths.stream().limit(MOST_PATHS).map(path -> List.of(path.split("\0"))).toList();
    }

    /** Large ones, which would take the time of all others, are left out. */
    private List<String> attributes(Collection<Long> spanKeys) {
        Field<String> text = Documents.text(SPAN_PAYLOADS.ATTRIBUTES);
        return database.select(text)
                .from(SPAN_PAYLOADS)
                .where(SPAN_PAYLOADS.SPAN_KEY.in(spanKeys))
                .and(Documents.size(SPAN_PAYLOADS.ATTRIBUTES).lt(LARGEST))
                .fetch(text);
    }

    /** Lists are not entered: the places in them are no names. */
    private static void addPaths(String json, Set<String> paths) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            Deque<String> names = new ArrayDeque<>();
            parser.nextToken();
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case PROPERTY_NAME -> names.addLast(parser.currentName());
                    case START_OBJECT -> {
                        if (names.size() >= DEEPEST) {
                            parser.skipChildren();
                            names.removeLast();
                        }
                    }
                    case END_OBJECT -> {
                        if (!names.isEmpty()) {
                            names.removeLast();
                        }
                    }
                    default -> {
                        parser.skipChildren();
                        paths.add(String.join("\0", names));
                        names.removeLast();
                    }
                }
            }
        }
    }

    /** Names of the newest annotations. */
    Set<String> annotations(long projectKey, Annotated target) {
        return new TreeSet<>(
                switch (target) {
                    case SPAN -> {
                        var newest =
                                select(SPAN_ANNOTATIONS.NAME, SPAN_ANNOTATIONS.SPAN_KEY)
                                        .from(SPAN_ANNOTATIONS)
                                        .orderBy(SPAN_ANNOTATIONS.ID.desc())
                                        .limit(NEWEST_ANNOTATIONS)
                                        .asTable("newest");
                        var name = newest.field(SPAN_ANNOTATIONS.NAME);
                        yield database.selectDistinct(name)
                                .from(newest)
                                .join(SPANS)
                                .on(SPANS.ID.eq(newest.field(SPAN_ANNOTATIONS.SPAN_KEY)))
                                .where(SPANS.PROJECT_ID.eq(projectKey))
                                .fetch(name);
                    }
                    case TRACE -> {
                        var newest =
                                select(TRACE_ANNOTATIONS.NAME, TRACE_ANNOTATIONS.TRACE_KEY)
                                        .from(TRACE_ANNOTATIONS)
                                        .orderBy(TRACE_ANNOTATIONS.ID.desc())
                                        .limit(NEWEST_ANNOTATIONS)
                                        .asTable("newest");
                        var name = newest.field(TRACE_ANNOTATIONS.NAME);
                        yield database.selectDistinct(name)
                                .from(newest)
                                .join(TRACES)
                                .on(TRACES.ID.eq(newest.field(TRACE_ANNOTATIONS.TRACE_KEY)))
                                .where(TRACES.PROJECT_ID.eq(projectKey))
                                .fetch(name);
                    }
                    case SESSION -> {
                        var table = PROJECT_SESSION_ANNOTATIONS;
                        var newest =
                                select(table.NAME, table.SESSION_KEY)
                                        .from(table)
                                        .orderBy(table.ID.desc())
                                        .limit(NEWEST_ANNOTATIONS)
                                        .asTable("newest");
                        var name = newest.field(table.NAME);
                        yield database.selectDistinct(name)
                                .from(newest)
                                .join(PROJECT_SESSIONS)
                                .on(PROJECT_SESSIONS.ID.eq(newest.field(table.SESSION_KEY)))
                                .where(PROJECT_SESSIONS.PROJECT_ID.eq(projectKey))
                                .fetch(name);
                    }
                });
    }
}
