package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads spans by the rules of every dialect that is in them. Dialects have a fixed priority: where
 * two disagree, the one that comes first is right.
 */
@Component
public final class Dialects {

    /** Stored with every derivation; spans of an older number can be read anew. */
    public static final int VERSION = 6;

    /** The kinds of spans that OpenInference has. */
    public static final Set<String> KINDS =
            Set.of(
                    "TOOL",
                    "CHAIN",
                    "LLM",
                    "PROMPT",
                    "RETRIEVER",
                    "EMBEDDING",
                    "AGENT",
                    "RERANKER",
                    "EVALUATOR",
                    "GUARDRAIL",
                    "DECISION");

    private static final List<Dialect> ALL =
            List.of(
                    new AiSdk(),
                    new Langfuse(),
                    new LangSmith(),
                    new Mlflow(),
                    new SpringAi(),
                    new GoogleAdk(),
                    new Genkit(),
                    new LiveKit(),
                    new Mastra(),
                    new LiteLlm(),
                    new PydanticAi(),
                    new Strands(),
                    new SemanticKernel(),
                    new Haystack(),
                    new CrewAi(),
                    new Smolagents(),
                    new OpenLlmetry(),
                    new IndexedMessages(),
                    new GenAi(),
                    new Mcp(),
                    new GenAiEvents(),
                    new OtherOperations(),
                    new PlainSpans());

    private final List<Dialect> dialects;
    private final List<Rules> rules;
    private final Evidence evidence;

    public Dialects() {
        // Only for the benchmark of what rules cost; no setting, so that nobody runs a server so.
        this(Boolean.getBoolean("phoenix.bench.without-dialects") ? List.of() : ALL);
    }

    /**
     * @param without ids of dialects that are not read
     */
    public Dialects(Set<String> without) {
        this(ALL.stream().filter(dialect -> !without.contains(dialect.id())).toList());
    }

    Dialects(List<Dialect> dialects) {
        this.dialects = dialects;
        this.rules = dialects.stream().map(Rules::of).toList();
        this.evidence = new Evidence(dialects);
    }

    static List<Dialect> all() {
        return ALL;
    }

    /** What people call the dialect; its id where it is unknown, say after a downgrade. */
    public static String title(String id) {
        return find(id).map(Dialect::title).orElse(id);
    }

    /** What its senders must switch on for content to arrive; empty where nothing. */
    public static String advice(String id) {
        return find(id).map(Dialect::advice).orElse("");
    }

    private static Optional<Dialect> find(String id) {
        return ALL.stream().filter(dialect -> dialect.id().equals(id)).findFirst();
    }

    /** A bit for every dialect to which a name of an attribute points; cheap. */
    public long evidenceOfAttribute(String name) {
        return evidence.ofAttribute(name);
    }

    /** A bit for every dialect to which the name of an event points; cheap. */
    public long evidenceOfEvent(String name) {
        return evidence.ofEvent(name);
    }

    /** A bit for every dialect to which the name of a scope points. */
    public long evidenceOfScope(String name) {
        return evidence.ofScope(name);
    }

    /** Never throws: what cannot be read is noted as that. */
    public Derivation read(SentSpan span) {
        long found = evidence.ofScope(span.scope());
        for (String name : span.names()) {
            found |= evidence.ofAttribute(name);
        }
        for (SentEvent event : span.events()) {
            found |= evidence.ofEvent(event.name());
        }
        return found == 0 ? Derivation.NONE : read(span, found);
    }

    /**
     * The same.
     *
     * @param found the evidence of its names, which the caller looked at already
     */
    public Derivation read(SentSpan span, long found) {
        List<Rules> spoken = new ArrayList<>();
        for (int i = 0; i < dialects.size(); i++) {
            if ((found & 1L << i) != 0 && dialects.get(i).isIn(span)) {
                spoken.add(rules.get(i));
            }
        }
        if (spoken.isEmpty()) {
            return Derivation.NONE;
        }
        Reading reading = new Reading(span);
        // Kinds first: what other rules do depends on them.
        for (Rules dialect : spoken) {
            reading.by(dialect.dialect.id());
            for (Rule rule : dialect.kinds) {
                apply(rule, reading);
            }
        }
        String kind = reading.kind();
        for (Rules dialect : spoken) {
            apply(dialect, dialect.others, kind, reading);
        }
        lastText(reading, "input", "llm.input_messages", "user");
        lastText(reading, "output", "llm.output_messages", "assistant");
        for (Rules dialect : spoken) {
            apply(dialect, dialect.last, kind, reading);
        }
        List<Dialect> recognised = spoken.stream().map(Rules::dialect).toList();
        explain(reading, recognised);
        return reading.derivation(recognised.stream().map(Dialect::id).toList());
    }

    private static void apply(Rules dialect, List<Rule> rules, String kind, Reading reading) {
        reading.by(dialect.dialect.id());
        for (Rule rule : rules) {
            if (rule.kinds().isEmpty() || rule.kinds().contains(kind)) {
                apply(rule, reading);
            }
        }
    }

    /** A rule that fails costs its own field, never the span. */
    private static void apply(Rule rule, Reading reading) {
        if (!rule.mayFind(reading.span()) || !reading.mayFill(rule.targets())) {
            return;
        }
        try {
            rule.action().accept(reading);
        } catch (RuntimeException e) {
            reading.unreadable(rule.targets().getFirst(), String.join(", ", rule.sources()));
        }
    }

    /** Why what people look for is blank. */
    private static void explain(Reading reading, List<Dialect> spoken) {
        reading.by(spoken.getFirst().id());
        if (reading.isCall()) {
            noteMissing(reading, spoken);
        } else if (reading.kind().equals("TOOL")) {
            noteHidden(reading, spoken);
        }
    }

    /** A tool of which neither arguments nor results arrive; one without arguments is none. */
    private static void noteHidden(Reading reading, List<Dialect> spoken) {
        if (spoken.stream().anyMatch(Dialect::contentIsOptIn)
                && reading.known("input.value") == null
                && reading.known("output.value") == null) {
            reading.missing("input.value", Derivation.Reason.SWITCHED_OFF);
            if (!reading.span().failed()) {
                reading.missing("output.value", Derivation.Reason.SWITCHED_OFF);
            }
        }
    }

    /** The text that lists show: what was asked last, and the answer. */
    private static void lastText(Reading reading, String side, String list, String role) {
        if (!reading.isFound(list)) {
            asSent(reading, side, list);
            return;
        }
        JsonNode messages = reading.known(list);
        String text = messages == null ? null : Messages.lastText(messages, role);
        if (text != null && reading.put(side + ".value", text, list)) {
            reading.put(side + ".mime_type", "text/plain", list);
        }
    }

    /** Messages that cannot be read are shown as they were sent. */
    private static void asSent(Reading reading, String side, String list) {
        String source = reading.unreadableSource(list);
        JsonNode sent = source == null ? null : reading.span().get(source);
        if (source != null && sent != null) {
            reading.putValue(side, sent, source);
        }
    }

    private static void noteMissing(Reading reading, List<Dialect> spoken) {
        boolean asks = isThere(reading, "llm.input_messages", "input.value");
        boolean answers = isThere(reading, "llm.output_messages", "output.value");
        boolean optIn = spoken.stream().anyMatch(Dialect::contentIsOptIn);
        boolean optOut = spoken.stream().anyMatch(dialect -> !dialect.advice().isEmpty());
        boolean isOff = !asks && (optIn || (optOut && !answers));
        Derivation.Reason reason =
                isOff ? Derivation.Reason.SWITCHED_OFF : Derivation.Reason.NOT_SENT;
        if (!asks) {
            reading.missing("llm.input_messages", reason);
        }
        if (!answers && !reading.span().failed()) {
            reading.missing("llm.output_messages", reason);
        }
        if (!isThere(reading, "llm.model_name", "llm.model_name")) {
            reading.missing("llm.model_name", Derivation.Reason.NOT_SENT);
        }
        if (!isThere(reading, "llm.token_count.prompt", "llm.token_count.total")
                && !reading.span().failed()) {
            reading.missing("llm.token_count.prompt", Derivation.Reason.NOT_SENT);
        }
    }

    private record Rules(Dialect dialect, List<Rule> kinds, List<Rule> others, List<Rule> last) {

        static Rules of(Dialect dialect) {
            List<Rule> all = dialect.rules();
            return new Rules(
                    dialect,
                    all.stream().filter(Rule::isForKind).toList(),
                    all.stream().filter(rule -> !rule.isForKind() && !rule.isLast()).toList(),
                    all.stream().filter(Rule::isLast).toList());
        }
    }

    private static boolean isThere(Reading reading, String path, String other) {
        return isContent(reading, path) || isContent(reading, other);
    }

    /** Ids and names of models are no answer, and roles alone no message. */
    private static boolean isContent(Reading reading, String path) {
        @Nullable JsonNode value = reading.known(path);
        return value != null
                && !"gen_ai.response.id".equals(reading.sourceOf(path))
                && !(value.isArray() && path.endsWith("_messages") && Messages.areBlank(value));
    }
}
