package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What one attribute says in OpenInference.
 *
 * @param targets the paths it may fill
 * @param sources attributes or events, the first that says something counts
 * @param kinds of spans it is for; empty for all
 * @param reads whether it reads nothing but attributes that are called as its sources say
 * @param isLast whether it is asked when all others, and what people said, left its paths empty
 */
record Rule(
        List<String> targets,
        List<String> sources,
        Set<String> kinds,
        boolean reads,
        boolean isLast,
        Consumer<Reading> action) {

    static final String KIND = "openinference.span.kind";

    Rule {
        targets = List.copyOf(targets);
        sources = List.copyOf(sources);
        kinds = Set.copyOf(kinds);
    }

    /** The same rule for spans of these kinds only. */
    Rule on(String... only) {
        return new Rule(targets, sources, Set.of(only), reads, isLast, action);
    }

    /** The same rule, asked after all others. */
    Rule last() {
        return new Rule(targets, sources, kinds, reads, true, action);
    }

    /** Whether it is worth asking; no more than a hint, so that most rules cost nothing. */
    boolean mayFind(SentSpan span) {
        if (!reads) {
            return true;
        }
        for (String source : sources) {
            if (span.mayHave(source)) {
                return true;
            }
        }
        return false;
    }

    boolean isForKind() {
        return targets.contains(KIND);
    }

    /** The kind by the value of an attribute, whatever its case. */
    static Rule kind(String source, Map<String, String> kinds) {
        return reading(
                KIND,
                reading -> {
                    String value = reading.span().text(source);
                    String found =
                            value == null
                                    ? null
                                    : kinds.get(
                                            JsonValues.unquoted(value).toLowerCase(Locale.ROOT));
                    if (found != null) {
                        reading.put(KIND, found, source);
                    } else if (value != null) {
                        reading.unreadable(KIND, source);
                    }
                },
                source);
    }

    static Rule kindBy(String source, Function<SentSpan, @Nullable String> kind) {
        return of(
                KIND,
                reading -> {
                    String found = kind.apply(reading.span());
                    if (found != null) {
                        reading.put(KIND, found, source);
                    }
                },
                source);
    }

    static Rule kindWhen(String kind, String source, Predicate<SentSpan> condition) {
        return kindBy(source, span -> condition.test(span) ? kind : null);
    }

    static Rule of(String target, Consumer<Reading> action, String... sources) {
        return new Rule(List.of(target), List.of(sources), Set.of(), false, false, action);
    }

    static Rule of(List<String> targets, Consumer<Reading> action, String... sources) {
        return new Rule(targets, List.of(sources), Set.of(), false, false, action);
    }

    private static Rule reading(String target, Consumer<Reading> action, String... sources) {
        return reading(List.of(target), action, sources);
    }

    private static Rule reading(List<String> targets, Consumer<Reading> action, String... sources) {
        return new Rule(targets, List.of(sources), Set.of(), true, false, action);
    }

    /** Text that is not blank; numbers and flags as text. */
    static Rule text(String target, String... sources) {
        return reading(target, reading -> reading.firstText(target, sources), sources);
    }

    /** A whole number, also where it is text or a double. */
    static Rule count(String target, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().get(source);
                        Long count = Counts.whole(sent);
                        if (count != null && reading.put(target, count, source)) {
                            return;
                        }
                        if (count == null && isSent(reading, source)) {
                            reading.unreadable(target, source);
                        }
                    }
                },
                sources);
    }

    /** Numbers that are none are stored as null; blank text is nothing. */
    private static boolean isSent(Reading reading, String source) {
        JsonNode sent = reading.span().get(source);
        return sent == null
                ? reading.span().isNull(source)
                : !sent.isString() || !sent.asString().isBlank();
    }

    static Rule decimal(String target, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().get(source);
                        Double number = Counts.real(sent);
                        if (number != null && reading.put(target, number, source)) {
                            return;
                        }
                        if (number == null && isSent(reading, source)) {
                            reading.unreadable(target, source);
                        }
                    }
                },
                sources);
    }

    /** The model, under the name that the kind of span has for it. */
    static Rule model(String... sources) {
        return reading(
                List.of("llm.model_name", "embedding.model_name", "reranker.model_name"),
                reading -> {
                    for (String source : sources) {
                        String model = reading.span().text(source);
                        if (model != null && !JsonValues.unquoted(model).equals("none")) {
                            reading.put(reading.modelPath(), JsonValues.unquoted(model), source);
                            return;
                        }
                        JsonNode sent = model == null ? reading.span().get(source) : null;
                        if (sent != null && !sent.isString()) {
                            reading.unreadable(reading.modelPath(), source);
                        }
                    }
                },
                sources);
    }

    static Rule input(String... sources) {
        return value("input", UnaryOperator.identity(), sources);
    }

    static Rule output(String... sources) {
        return value("output", UnaryOperator.identity(), sources);
    }

    /** Whose values are JSON, strings with quotes around them. */
    static Rule inputOfJson(String... sources) {
        return value("input", JsonValues::withoutQuotes, sources);
    }

    /** Whose values are JSON, strings with quotes around them. */
    static Rule outputOfJson(String... sources) {
        return value("output", JsonValues::withoutQuotes, sources);
    }

    private static Rule value(String side, UnaryOperator<JsonNode> form, String... sources) {
        return reading(
                List.of(side + ".value", side + ".mime_type"),
                reading -> {
                    for (String source : sources) {
                        JsonNode value = reading.span().get(source);
                        if (value == null) {
                            value = reading.span().json(source);
                        }
                        if (value != null && reading.putValue(side, form.apply(value), source)) {
                            return;
                        }
                    }
                },
                sources);
    }

    static Rule inputMessages(String... sources) {
        return messages("llm.input_messages", "user", sources);
    }

    static Rule outputMessages(String... sources) {
        return messages("llm.output_messages", "assistant", sources);
    }

    private static Rule messages(String target, String role, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().listOrJson(source);
                        if (sent != null && reading.putMessages(target, sent, role, source)) {
                            return;
                        }
                    }
                },
                sources);
    }

    /** What was asked, from attributes that hold JSON only: text that is none cannot be read. */
    static Rule messagesOfJson(String source) {
        String target = "llm.input_messages";
        return reading(
                target,
                reading -> {
                    JsonNode sent = reading.span().listOrJson(source);
                    if (sent != null && JsonValues.isBroken(sent)) {
                        reading.unreadable(target, source);
                    } else if (sent != null) {
                        reading.putMessages(target, sent, "user", source);
                    }
                },
                source);
    }

    static Rule tools(String... sources) {
        return reading(
                "llm.tools",
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().listOrJson(source);
                        if (sent != null && sent.isString()) {
                            sent = Counts.strings(sent);
                        }
                        if (reading.putList("llm.tools", sent, source, Tools::of)) {
                            return;
                        }
                    }
                },
                sources);
    }

    static Rule documents(String target, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().json(source);
                        if (reading.putList(target, sent, source, Documents::of)) {
                            return;
                        }
                    }
                },
                sources);
    }

    /** An object as its JSON text. */
    static Rule jsonText(String target, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode object = reading.span().object(source);
                        if (object != null
                                && !object.isEmpty()
                                && reading.put(
                                        target, StringNode.valueOf(object.toString()), source)) {
                            return;
                        }
                        noteOther(reading, target, source);
                    }
                },
                sources);
    }

    /** An object as such, which is how metadata are kept. */
    static Rule object(String target, String... sources) {
        return reading(
                target,
                reading -> {
                    for (String source : sources) {
                        JsonNode object = reading.span().object(source);
                        if (object != null
                                && !object.isEmpty()
                                && reading.put(target, object, source)) {
                            return;
                        }
                        noteOther(reading, target, source);
                    }
                },
                sources);
    }

    /** Tools may be called with a text; what begins as JSON and is none is broken. */
    private static void noteOther(Reading reading, String target, String source) {
        JsonNode sent = reading.span().json(source);
        boolean isText =
                sent != null && sent.isString() && !JsonValues.looksLikeJson(sent.asString());
        boolean isOther = sent != null && !sent.isContainer() && !isText;
        if (isOther || (isText && !target.equals("tool.parameters"))) {
            reading.unreadable(target, source);
        }
    }

    /** A list of strings, also as JSON text or separated by commas. */
    static Rule tags(String... sources) {
        return reading(
                "tag.tags",
                reading -> {
                    for (String source : sources) {
                        JsonNode sent = reading.span().json(source);
                        JsonNode tags = Counts.strings(sent);
                        if (tags != null && reading.put("tag.tags", tags, source)) {
                            return;
                        }
                        if (tags == null && sent != null && !sent.isEmpty()) {
                            reading.unreadable("tag.tags", source);
                        }
                    }
                },
                sources);
    }

    /** Where the provider's own id of its answer is. */
    static Rule responseId(String... sources) {
        return reading(
                "",
                reading -> {
                    for (String source : sources) {
                        reading.responseId(reading.span().text(source));
                    }
                },
                sources);
    }
}
