package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSION_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static dev.phoenix.server.db.jooq.Tables.TRACE_ANNOTATIONS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import com.github.luben.zstd.Zstd;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.LlmAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Rows that meet every corner of the languages, stored in a database and kept in memory. */
final class Sample {

    static final long EPOCH_NS = 1_767_225_600_000_000_000L;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Values of attributes {@code x} and {@code y}. */
    private static final List<String> VALUES =
            List.of(
                    "1",
                    "0",
                    "2",
                    "1.0",
                    "-3.5",
                    "1e3",
                    "\"1\"",
                    "\"abc\"",
                    "\"1_000\"",
                    "\"nan\"",
                    "\"inf\"",
                    "\" 12 \"",
                    "\"0x1f\"",
                    "\"+5\"",
                    "\"1e400\"",
                    "\"007\"",
                    "\"\"",
                    "\"true\"",
                    "\"FALSE\"",
                    "true",
                    "false",
                    "null",
                    "[1,2]",
                    "{\"k\":\"v\"}",
                    "[]",
                    "\"Größe\"",
                    "\"100%_\\\\\"",
                    "\"a*b?[c]\"",
                    "1e29",
                    "1e300",
                    "1e-200",
                    "123456789012345678901234567890",
                    "\"say \\\"hi\\\"\"",
                    "\"1.5\"",
                    "9007199254740993",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "-0.0",
                    "0.1",
                    "0.30000000000000004",
                    "1.7976931348623157E308",
                    "1.0E-310",
                    "4.9E-324",
                    "\"1e-310\"",
                    "\"1e-400\"",
                    "\"0e99999999999999999999\"",
                    "\"1e99999999999999999999\"",
                    "\"" + "9".repeat(500) + "\"",
                    "9".repeat(400),
                    "\"1\\n\"",
                    "\"\u00a012\"",
                    "\"１２\"",
                    "\"🎈\"",
                    "\"\\u0001\u2028\\n\"",
                    "\"ſtraße İı ςΣ ǆ K\"",
                    "\"'; DROP TABLE spans; --\"",
                    "\"{0} ? :n $1\"",
                    "[[[[[[1]]]]]]",
                    "{\"\":{\"\":1}}");

    /** Names of attributes that quoting must survive, as JSON. */
    private static final List<String> NAMES =
            List.of(
                    "größe",
                    "a\\\"b",
                    "it's",
                    "back\\\\slash",
                    "$",
                    "[0]",
                    "",
                    " ",
                    "\\n",
                    "\\u0001",
                    "🎈",
                    "?",
                    "{0}",
                    "a\\\" OR 1=1 --",
                    ".",
                    "..");

    private static final List<String> TEXTS =
            List.of(
                    "refund please",
                    "Refund",
                    "größe Ä",
                    "",
                    "timeout (504)",
                    "a.*b",
                    "x",
                    "🎈 ß",
                    "Straße",
                    "\u2028",
                    "ıİ");

    private final Random random = new Random(7);
    private final List<Stored.Session> sessions = new ArrayList<>();
    private final List<Stored.Trace> traces = new ArrayList<>();
    private final List<Stored.Span> spans = new ArrayList<>();

    static Stored rows() {
        return new Sample().draw();
    }

    private Stored draw() {
        for (int s = 1; s <= 6; s++) {
            long start = EPOCH_NS + s * 1_000_000_000L;
            sessions.add(
                    new Stored.Session(
                            s,
                            pick("session-" + s, "S" + s, "größe-" + s),
                            start,
                            start + random.nextInt(5) * 500_000_000L,
                            random.nextInt(3),
                            random.nextInt(100),
                            random.nextInt(100),
                            annotations()));
        }
        for (int t = 1; t <= 18; t++) {
            trace(t);
        }
        return new Stored(sessions, traces, spans);
    }

    private void trace(int t) {
        Long session = t % 4 == 0 ? null : (Long) (long) (1 + random.nextInt(5));
        long start = EPOCH_NS + (t / 2) * 1_000_000_000L;
        int count = random.nextInt(6);
        traces.add(
                new Stored.Trace(
                        t,
                        "trace" + t,
                        session,
                        start,
                        start + random.nextInt(4) * 1_250_000L,
                        random.nextInt(50),
                        random.nextInt(50),
                        random.nextInt(4) / 4.0,
                        random.nextInt(4) / 4.0,
                        annotations()));
        for (int i = 0; i < count; i++) {
            span(t, i, start);
        }
    }

    private void span(int t, int i, long traceStart) {
        String parent =
                i == 0 ? pick(null, "unknown", "span1-0") : "span" + t + "-" + random.nextInt(i);
        long start = traceStart + random.nextInt(3) * 1_000_000L;
        String kind = pick("LLM", "TOOL", "CHAIN", "RERANKER");
        JsonNode attributes = JSON.readTree(attributes());
        Long prompt = kind.equals("LLM") && random.nextBoolean() ? prompt(attributes) : null;
        boolean costly = kind.equals("LLM") && random.nextBoolean();
        spans.add(
                new Stored.Span(
                        t * 10L + i,
                        t,
                        "span" + t + "-" + i,
                        random.nextInt(5) == 0 ? null : parent,
                        pick("chat", "lookup", "", "größe", "Chat"),
                        kind,
                        pick("OK", "ERROR", "UNSET"),
                        pick("", "timeout (504)", "100%"),
                        start,
                        start + pick(0, 999_999, 1_000_000, 1_500_000, 100_000_000),
                        prompt,
                        prompt == null ? null : pick(null, 3L, 0L),
                        random.nextInt(3),
                        random.nextInt(20),
                        random.nextInt(20),
                        attributes,
                        costly ? cost() : null,
                        annotations()));
    }

    /** Mostly what the attributes say. */
    private Long prompt(JsonNode attributes) {
        JsonNode said = attributes.at("/llm/token_count/prompt");
        return said.isNumber() && random.nextInt(4) > 0 ? said.longValue() : random.nextInt(9);
    }

    private String attributes() {
        List<String> members = new ArrayList<>();
        for (String key : List.of("x", "y")) {
            if (random.nextInt(6) > 0) {
                members.add("\"%s\":%s".formatted(key, VALUES.get(random.nextInt(VALUES.size()))));
            }
        }
        if (random.nextBoolean()) {
            members.add(
                    "\"input\":{\"value\":\"%s\"}"
                            .formatted(TEXTS.get(random.nextInt(TEXTS.size()))));
        }
        if (random.nextBoolean()) {
            members.add(
                    "\"output\":{\"value\":\"%s\"}"
                            .formatted(TEXTS.get(random.nextInt(TEXTS.size()))));
        }
        if (random.nextBoolean()) {
            int prompt = random.nextInt(9);
            members.add(
                    "\"llm\":{\"model_name\":\"%s\",\"token_count\":{\"prompt\":%d%s}}"
                            .formatted(
                                    pick("gpt-4", "claude"),
                                    prompt,
                                    pick(
                                            "",
                                            ",\"total\":" + prompt,
                                            ",\"total\":\"%d\"".formatted(random.nextInt(9)))));
        }
        if (random.nextBoolean()) {
            members.add(
                    "\"metadata\":{\"tier\":%s,\"a.b\":1}"
                            .formatted(VALUES.get(random.nextInt(VALUES.size()))));
        }
        for (String name : NAMES) {
            if (random.nextInt(4) == 0) {
                members.add("\"%s\":%s".formatted(name, VALUES.get(random.nextInt(VALUES.size()))));
            }
        }
        if (random.nextBoolean()) {
            int levels = 30;
            members.add(
                    "\"nested\":"
                            + "{\"n\":".repeat(levels)
                            + random.nextInt(3)
                            + "}".repeat(levels));
        }
        members.add("\"list\":[{\"k\":%d},\"%s\"]".formatted(random.nextInt(3), pick("p", "q")));
        if (random.nextBoolean()) {
            members.add("\"user\":{\"id\":\"%s\"}".formatted(pick("u1", "u2")));
        }
        if (random.nextBoolean()) {
            members.add("\"dotted.key\":\"%s\"".formatted(pick("v", "w")));
        } else {
            members.add("\"dotted\":{\"key\":\"%s\"}".formatted(pick("v", "w")));
        }
        return "{" + String.join(",", members) + "}";
    }

    private Stored.Cost cost() {
        List<Stored.Detail> details =
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(
                                any ->
                                        new Stored.Detail(
                                                pick("input", "cache_read", "output"),
                                                random.nextBoolean(),
                                                random.nextInt(3) * 4L,
                                                pick(null, 0.25, 2.0, 0.0)))
                        .toList();
        return new Stored.Cost(pick(null, 0.5, 1.25), pick(null, 0.0, 2.0), details);
    }

    private List<Stored.Annotation> annotations() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(
                        i ->
                                new Stored.Annotation(
                                        pick("quality", "ok", "größe", "🎈", "it's"),
                                        "id" + i,
                                        pick("HUMAN", "LLM", "CODE"),
                                        pick(null, "good", "Bad", ""),
                                        pick(null, 0.5, 1.0, -2.0, 1e40),
                                        pick(null, "because 100%", "it is bad")))
                .toList();
    }

    @SafeVarargs
    private <T extends @Nullable Object> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    static void store(Stored stored, Database database) {
        database.transaction(
                sql -> {
                    sql.insertInto(PROJECTS)
                            .set(PROJECTS.ID, 1L)
                            .set(PROJECTS.NAME, "sample")
                            .set(PROJECTS.GRADIENT_START_COLOR, "#000000")
                            .set(PROJECTS.GRADIENT_END_COLOR, "#000000")
                            .set(PROJECTS.CREATED_AT_NS, 0L)
                            .set(PROJECTS.UPDATED_AT_NS, 0L)
                            .onConflictDoNothing()
                            .execute();
                    stored.sessions().forEach(session -> session(sql, stored, session));
                    stored.traces().forEach(trace -> trace(sql, stored, trace));
                    stored.spans().forEach(span -> span(sql, span));
                    return 0;
                });
    }

    private static void session(DSLContext sql, Stored stored, Stored.Session session) {
        sql.insertInto(PROJECT_SESSIONS)
                .set(PROJECT_SESSIONS.ID, session.id())
                .set(PROJECT_SESSIONS.SESSION_ID, session.sessionId())
                .set(PROJECT_SESSIONS.PROJECT_ID, 1L)
                .set(PROJECT_SESSIONS.START_NS, session.startNs())
                .set(PROJECT_SESSIONS.END_NS, session.endNs())
                .set(PROJECT_SESSIONS.TRACE_COUNT, (long) stored.tracesOf(session).size())
                .set(PROJECT_SESSIONS.ERROR_TRACE_COUNT, session.errorTraces())
                .set(PROJECT_SESSIONS.PROMPT_TOKENS, session.promptTokens())
                .set(PROJECT_SESSIONS.COMPLETION_TOKENS, session.completionTokens())
                .execute();
        var table = PROJECT_SESSION_ANNOTATIONS;
        for (Stored.Annotation annotation : session.annotations()) {
            sql.insertInto(table)
                    .set(table.ID, session.id() * 100 + session.annotations().indexOf(annotation))
                    .set(table.SESSION_KEY, session.id())
                    .set(table.NAME, annotation.name())
                    .set(table.IDENTIFIER, annotation.identifier())
                    .set(table.ANNOTATOR_KIND, annotation.annotatorKind())
                    .set(table.LABEL, annotation.label())
                    .set(table.SCORE, annotation.score())
                    .set(table.EXPLANATION, annotation.explanation())
                    .set(table.METADATA, "{}")
                    .set(table.SOURCE, "API")
                    .set(table.CREATED_AT_NS, 0L)
                    .set(table.UPDATED_AT_NS, 0L)
                    .execute();
        }
    }

    private static void trace(DSLContext sql, Stored stored, Stored.Trace trace) {
        long errors =
                stored.spansOf(trace).stream()
                        .filter(span -> span.status().equals("ERROR"))
                        .count();
        sql.insertInto(TRACES)
                .set(TRACES.ID, trace.id())
                .set(TRACES.TRACE_ID, trace.traceId())
                .set(TRACES.PROJECT_ID, 1L)
                .set(TRACES.SESSION_KEY, trace.sessionKey())
                .set(TRACES.START_NS, trace.startNs())
                .set(TRACES.END_NS, trace.endNs())
                .set(TRACES.SPAN_COUNT, (long) stored.spansOf(trace).size())
                .set(TRACES.ERROR_COUNT, errors)
                .set(TRACES.PROMPT_TOKENS, trace.promptTokens())
                .set(TRACES.COMPLETION_TOKENS, trace.completionTokens())
                .set(TRACES.PROMPT_COST, trace.promptCost())
                .set(TRACES.COMPLETION_COST, trace.completionCost())
                .execute();
        var table = TRACE_ANNOTATIONS;
        for (Stored.Annotation annotation : trace.annotations()) {
            sql.insertInto(table)
                    .set(table.ID, trace.id() * 100 + trace.annotations().indexOf(annotation))
                    .set(table.TRACE_KEY, trace.id())
                    .set(table.NAME, annotation.name())
                    .set(table.IDENTIFIER, annotation.identifier())
                    .set(table.ANNOTATOR_KIND, annotation.annotatorKind())
                    .set(table.LABEL, annotation.label())
                    .set(table.SCORE, annotation.score())
                    .set(table.EXPLANATION, annotation.explanation())
                    .set(table.METADATA, "{}")
                    .set(table.SOURCE, "API")
                    .set(table.CREATED_AT_NS, 0L)
                    .set(table.UPDATED_AT_NS, 0L)
                    .execute();
        }
    }

    private static void span(DSLContext sql, Stored.Span span) {
        sql.insertInto(SPANS)
                .set(SPANS.ID, span.id())
                .set(SPANS.TRACE_KEY, span.traceKey())
                .set(SPANS.PROJECT_ID, 1L)
                .set(SPANS.START_NS, span.startNs())
                .set(SPANS.END_NS, span.endNs())
                .set(SPANS.INGESTED_AT_NS, 0L)
                .set(SPANS.PROMPT_TOKENS, span.promptTokens())
                .set(SPANS.COMPLETION_TOKENS, span.completionTokens())
                .set(SPANS.DOCUMENT_COUNT, 0)
                .set(SPANS.SPAN_ID, span.spanId())
                .set(SPANS.PARENT_SPAN_ID, span.parentId())
                .set(SPANS.NAME, span.name())
                .set(SPANS.SPAN_KIND, span.kind())
                .set(SPANS.STATUS_CODE, span.status())
                .set(SPANS.STATUS_MESSAGE, span.message())
                .set(SPANS.MODEL_NAME, model(span))
                .set(
                        SPANS.LLM_MARKER,
                        LlmAttributes.in(span.attributes())
                                .marker(
                                        span.kind(),
                                        model(span),
                                        span.promptTokens(),
                                        span.completionTokens()))
                .set(SPANS.USER_ID, span.attributes().path("user").path("id").asString(null))
                .set(SPANS.CUMULATIVE_ERROR_COUNT, span.cumulativeErrors())
                .set(SPANS.CUMULATIVE_PROMPT_TOKENS, span.cumulativePrompt())
                .set(SPANS.CUMULATIVE_COMPLETION_TOKENS, span.cumulativeCompletion())
                .execute();
        sql.insertInto(SPAN_PAYLOADS)
                .set(SPAN_PAYLOADS.SPAN_KEY, span.id())
                .set(SPAN_PAYLOADS.OTLP_KIND, 1)
                .set(SPAN_PAYLOADS.ATTRIBUTES, document(sql, span))
                .set(SPAN_PAYLOADS.EVENTS, "[]")
                .execute();
        var table = SPAN_ANNOTATIONS;
        for (Stored.Annotation annotation : span.annotations()) {
            sql.insertInto(table)
                    .set(table.ID, span.id() * 100 + span.annotations().indexOf(annotation))
                    .set(table.SPAN_KEY, span.id())
                    .set(table.NAME, annotation.name())
                    .set(table.IDENTIFIER, annotation.identifier())
                    .set(table.ANNOTATOR_KIND, annotation.annotatorKind())
                    .set(table.LABEL, annotation.label())
                    .set(table.SCORE, annotation.score())
                    .set(table.EXPLANATION, annotation.explanation())
                    .set(table.METADATA, "{}")
                    .set(table.SOURCE, "API")
                    .set(table.CREATED_AT_NS, 0L)
                    .set(table.UPDATED_AT_NS, 0L)
                    .execute();
        }
        Stored.Cost cost = span.cost();
        if (cost != null) {
            sql.insertInto(SPAN_COSTS)
                    .set(SPAN_COSTS.SPAN_KEY, span.id())
                    .set(SPAN_COSTS.PROJECT_ID, 1L)
                    .set(SPAN_COSTS.START_NS, span.startNs())
                    .set(SPAN_COSTS.PROMPT_COST, cost.prompt())
                    .set(SPAN_COSTS.COMPLETION_COST, cost.completion())
                    .set(SPAN_COSTS.DETAILS, details(cost))
                    .execute();
        }
    }

    /** On SQLite every other one as if it were large. */
    private static Field<String> document(DSLContext sql, Stored.Span span) {
        String json = span.attributes().toString();
        return sql.family() == SQLDialect.SQLITE && span.id() % 2 == 0
                ? field("{0}", String.class, val(Zstd.compress(json.getBytes(UTF_8))))
                : val(json);
    }

    private static @Nullable String model(Stored.Span span) {
        return span.kind().equals("RERANKER")
                ? null
                : span.attributes().path("llm").path("model_name").asString(null);
    }

    private static String details(Stored.Cost cost) {
        ArrayNode rows = JSON.createArrayNode();
        for (Stored.Detail detail : cost.details()) {
            rows.addArray()
                    .add(detail.type())
                    .add(detail.prompt() ? 1 : 0)
                    .add(detail.tokens())
                    .add(detail.cost());
        }
        return rows.toString();
    }
}
