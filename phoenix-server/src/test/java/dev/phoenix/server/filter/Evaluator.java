package dev.phoenix.server.filter;

import dev.phoenix.server.filter.Needs.Named;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What conditions mean, without a database: true, false, or null for neither. */
final class Evaluator {

    private static final Pattern NUMERAL =
            Pattern.compile(
                    "[ \\t\\n\\r]*-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?[ \\t\\n\\r]*");

    private final Stored stored;
    private final Map<Row, Object> rows = new HashMap<>();
    private final Map<Named, Stored.@Nullable Annotation> annotations = new HashMap<>();

    Evaluator(Stored stored) {
        this.stored = stored;
    }

    /** Whether a row is to be chosen. */
    boolean chooses(Source source, Object row, Check check) {
        rows.put(new Row(0, source), row);
        return anyCombination(row, List.copyOf(Needs.of(check).annotations()), check);
    }

    private boolean anyCombination(Object row, List<Named> names, Check check) {
        if (names.isEmpty()) {
            return Boolean.TRUE.equals(holds(check));
        }
        Named named = names.getFirst();
        List<Stored.@Nullable Annotation> found = new ArrayList<>();
        for (Stored.Annotation annotation : annotationsOf(row, named.target())) {
            if (annotation.name().equals(named.name())) {
                found.add(annotation);
            }
        }
        if (found.isEmpty()) {
            found.add(null);
        }
        boolean any = false;
        for (Stored.Annotation annotation : found) {
            annotations.put(named, annotation);
            any |= anyCombination(row, names.subList(1, names.size()), check);
        }
        return any;
    }

    private List<Stored.Annotation> annotationsOf(Object row, Annotated target) {
        return switch (row) {
            case Stored.Span span ->
                    target == Annotated.SPAN
                            ? span.annotations()
                            : stored.traceOf(span).annotations();
            case Stored.Trace trace -> trace.annotations();
            case Stored.Session session -> session.annotations();
            default -> throw new IllegalArgumentException();
        };
    }

    private @Nullable Boolean holds(Check check) {
        return switch (check) {
            case Check.Constant(boolean value) -> value;
            case Check.And(var parts) -> and(parts.stream().map(this::holds));
            case Check.Or(var parts) -> not(and(parts.stream().map(part -> not(holds(part)))));
            case Check.Not(Check inner) -> not(holds(inner));
            case Check.Compare(Operator operator, Term left, Term right) ->
                    compare(operator, left, right);
            case Check.Missing(Term term) -> value(term) == null;
            case Check.Is(Term bool, boolean value) -> Objects.equals(value(bool), value);
            case Check.In(Term term, var values) -> in(term, values);
            case Check.Contains(Term text, Term part) -> contains(text, part);
            case Check.HasAnnotation(Annotated target, String name) ->
                    annotations.get(new Named(target, name)) != null;
            case Check.Orphan(Row row) -> stored.isOrphan((Stored.Span) row(row));
            case Check.HasParent(Row row) -> stored.parentOf((Stored.Span) row(row)) != null;
            case Check.Quantified(boolean all, Loop loop, Check predicate) -> {
                boolean found =
                        elements(loop, () -> Boolean.TRUE.equals(holds(predicate)) != all)
                                .contains(true);
                yield all != found;
            }
        };
    }

    private static @Nullable Boolean and(Stream<@Nullable Boolean> parts) {
        @Nullable Boolean all = true;
        for (Boolean part : parts.toList()) {
            if (Boolean.FALSE.equals(part)) {
                return false;
            }
            all = part == null ? null : all;
        }
        return all;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : (Boolean) !value;
    }

    private @Nullable Boolean compare(Operator operator, Term left, Term right) {
        Object a = value(left);
        Object b = value(right);
        if (a == null || b == null) {
            return null;
        }
        boolean exact =
                (left instanceof Term.Column && right instanceof Term.Numeral)
                        || (right instanceof Term.Column && left instanceof Term.Numeral);
        int order = order(a, b, exact);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    private static int order(Object a, Object b, boolean exact) {
        if (a instanceof String text) {
            return Arrays.compare(text.codePoints().toArray(), ((String) b).codePoints().toArray());
        }
        if (a instanceof Boolean bool) {
            return bool.compareTo((Boolean) b);
        }
        if (a instanceof Long time) {
            return time.compareTo((Long) b);
        }
        boolean whole = a instanceof BigDecimal && b instanceof BigDecimal;
        return exact && whole
                ? exact(a).compareTo(exact(b))
                : Double.compare(number(a) + 0.0, number(b) + 0.0);
    }

    private static BigDecimal exact(Object number) {
        return (BigDecimal) number;
    }

    private static double number(Object number) {
        return ((Number) number).doubleValue();
    }

    private @Nullable Boolean in(Term term, List<Term> values) {
        if (values.isEmpty()) {
            return false;
        }
        Object sought = value(term);
        return sought == null
                ? null
                : (Boolean)
                        values.stream()
                                .anyMatch(
                                        value ->
                                                order(
                                                                sought,
                                                                Objects.requireNonNull(
                                                                        value(value)),
                                                                false)
                                                        == 0);
    }

    private @Nullable Boolean contains(Term text, Term part) {
        if (text instanceof Term.Column(Row row, Member member)
                && member.kind() == Kind.CONTAINMENT) {
            String side = member.name().equals("any_input") ? "input" : "output";
            return roots((Stored.Session) row(row)).stream()
                    .map(root -> text(at(root.attributes(), List.of(side, "value"))))
                    .anyMatch(found -> found != null && has(found, (Term.Text) part));
        }
        Object found = value(text);
        Object sought = value(part);
        return (found == null || sought == null)
                ? null
                : (Boolean)
                        (part instanceof Term.Text literal
                                ? has((String) found, literal)
                                : folded(found).contains(folded(sought)));
    }

    /** Of texts that both are stored only ASCII is folded. */
    private static String folded(Object text) {
        return ((String) text)
                .chars()
                .map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean has(String text, Term.Text part) {
        int[] haystack = text.codePoints().toArray();
        int[] needle = part.value().codePoints().toArray();
        for (int start = 0; start + needle.length <= haystack.length; start++) {
            int i = 0;
            while (i < needle.length && TextSql.cases(needle[i]).contains(haystack[start + i])) {
                i++;
            }
            if (i == needle.length) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object value(Term term) {
        return switch (term) {
            case Term.Text(String text) -> text;
            case Term.Numeral(BigDecimal number) -> number;
            case Term.Time(long nanos) -> nanos;
            case Term.Bool(boolean bool) -> bool;
            case Term.Column(Row row, Member member) -> column(row(row), member.name());
            case Term.OfParent(Row row, Member member) -> {
                Stored.Span parent = stored.parentOf((Stored.Span) row(row));
                yield parent == null ? null : column(parent, member.name());
            }
            case Term.Json json -> first(json, Evaluator::text);
            case Term.JsonText(Term.Json json) -> first(json, Evaluator::text);
            case Term.JsonNumber(Term.Json json) -> first(json, Evaluator::number);
            case Term.JsonBool(Term.Json json) -> first(json, Evaluator::bool);
            case Term.Parsed(Term text) -> parsed((String) value(text));
            case Term.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Term.Concatenation(Term left, Term right) -> {
                Object a = value(left);
                Object b = value(right);
                yield a == null || b == null ? null : (String) a + b;
            }
            case Term.Annotation(Annotated target, String name, String part) -> {
                Stored.Annotation annotation = annotations.get(new Named(target, name));
                yield annotation == null ? null : column(annotation, part);
            }
            case Term.Reduction reduction -> reduction(reduction);
            case Term.Holds(Check check) -> holds(check);
        };
    }

    private Object row(Row row) {
        return Objects.requireNonNull(rows.get(row));
    }

    private <T> @Nullable T first(Term.Json json, Function<JsonNode, @Nullable T> conversion) {
        JsonNode attributes = attributes(row(json.row()));
        for (List<Object> path : json.paths()) {
            T found = attributes == null ? null : conversion.apply(at(attributes, path));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable JsonNode attributes(Object row) {
        Stored.Span span =
                switch (row) {
                    case Stored.Span self -> self;
                    case Stored.Trace trace ->
                            stored.spansOf(trace).stream()
                                    .filter(each -> stored.parentOf(each) == null)
                                    .min(
                                            Comparator.comparingLong(Stored.Span::startNs)
                                                    .thenComparingLong(Stored.Span::id))
                                    .orElse(null);
                    case Stored.Session session -> {
                        List<Stored.Span> roots = roots(session);
                        yield roots.isEmpty() ? null : roots.getFirst();
                    }
                    default -> throw new IllegalArgumentException();
                };
        return span == null ? null : span.attributes();
    }

    private List<Stored.Span> roots(Stored.Session session) {
        return stored.tracesOf(session).stream()
                .sorted(
                        Comparator.comparingLong(Stored.Trace::startNs)
                                .thenComparingLong(Stored.Trace::id))
                .flatMap(
                        trace ->
                                stored.spansOf(trace).stream()
                                        .filter(span -> span.parentId() == null)
                                        .sorted(Comparator.comparingLong(Stored.Span::id)))
                .toList();
    }

    private static JsonNode at(JsonNode json, List<Object> path) {
        JsonNode found = json;
        for (Object key : path) {
            found =
                    key instanceof Integer place
                            ? found.isArray() ? found.path(place) : found.path("none").path("none")
                            : found.isObject()
                                    ? found.path((String) key)
                                    : found.path("none").path("none");
        }
        return found;
    }

    private static @Nullable String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    private static @Nullable Double number(JsonNode node) {
        if (node.isNumber()) {
            double number = node.decimalValue().doubleValue();
            return Double.isFinite(number) ? number : null;
        }
        return node.isString() ? parsed(node.stringValue()) : null;
    }

    private static @Nullable Double parsed(@Nullable String text) {
        if (text == null || !NUMERAL.matcher(text).matches()) {
            return null;
        }
        double number = Double.parseDouble(text.strip());
        return Double.isFinite(number) ? (Double) number : null;
    }

    private static @Nullable Boolean bool(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            double number = node.decimalValue().doubleValue();
            return number == 1 ? Boolean.TRUE : number == 0 ? Boolean.FALSE : null;
        }
        return node.isString()
                ? switch (node.stringValue().toLowerCase(Locale.ROOT)) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> null;
                }
                : null;
    }

    private @Nullable Object arithmetic(Term.Arithmetic arithmetic) {
        Double a = calculable(arithmetic.left());
        Double b = calculable(arithmetic.right());
        if (a == null || b == null) {
            return null;
        }
        return switch (arithmetic.operator()) {
            case '+' -> a + b;
            case '-' -> a - b;
            case '*' -> a * b;
            case '/' -> b == 0 ? null : (Object) (a / b);
            default -> b == 0 ? null : (Object) remainder(a, b);
        };
    }

    private static double remainder(double a, double b) {
        double quotient = a / b;
        return a - b * (quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient));
    }

    private @Nullable Double calculable(Term term) {
        Object value = value(term);
        if (value == null) {
            return null;
        }
        double number = number(value);
        boolean outside =
                !(term instanceof Term.Numeral)
                        && !(term instanceof Term.Arithmetic)
                        && !(value instanceof BigDecimal)
                        && number != 0
                        && (Math.abs(number) < 1e-30 || Math.abs(number) > 1e30);
        return outside ? null : (Double) number;
    }

    private @Nullable Object reduction(Term.Reduction reduction) {
        Term element = reduction.element();
        if (element == null) {
            return (double) elements(reduction.loop(), () -> true).size();
        }
        if (reduction.function().equals("sum")) {
            return elements(reduction.loop(), () -> calculable(element)).stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }
        int sign = reduction.function().equals("max") ? 1 : -1;
        return elements(reduction.loop(), () -> value(element)).stream()
                .filter(Objects::nonNull)
                .max((a, b) -> sign * order(a, b, false))
                .map(value -> value instanceof BigDecimal big ? (Object) big.doubleValue() : value)
                .orElse(null);
    }

    private <T> List<@Nullable T> elements(Loop loop, Supplier<@Nullable T> body) {
        List<@Nullable T> values = new ArrayList<>();
        for (Object element : many(loop.many(), row(loop.owner()))) {
            rows.put(loop.element(), element);
            if (loop.conditions().stream().allMatch(each -> Boolean.TRUE.equals(holds(each)))) {
                values.add(body.get());
            }
        }
        return values;
    }

    private List<?> many(Many many, Object owner) {
        return switch (many) {
            case COSTS_OF_SPAN, COSTS_OF_ELEMENT, COSTS_OF_TRACE, COSTS_OF_SESSION ->
                    spans(owner)
                            .filter(span -> span.cost() != null)
                            .flatMap(span -> Objects.requireNonNull(span.cost()).details().stream())
                            .toList();
            case SPANS_OF_TRACE, SPANS_OF_ELEMENT, SPANS_OF_SESSION -> spans(owner).toList();
            case SPAN_ANNOTATIONS_OF_SESSION, SPAN_ANNOTATIONS_OF_TRACE, ANNOTATIONS_OF_ELEMENT ->
                    spans(owner).flatMap(span -> span.annotations().stream()).toList();
            case ANNOTATIONS_OF_SESSION -> ((Stored.Session) owner).annotations();
            case ANNOTATIONS_OF_TRACE -> ((Stored.Trace) owner).annotations();
            case TRACES_OF_SESSION -> stored.tracesOf((Stored.Session) owner);
            case CHILDREN ->
                    stored.spans().stream()
                            .filter(span -> Objects.equals(stored.parentOf(span), owner))
                            .toList();
            case SIBLINGS -> {
                Stored.Span parent = stored.parentOf((Stored.Span) owner);
                yield stored.spans().stream()
                        .filter(span -> parent != null && !span.equals(owner))
                        .filter(span -> Objects.equals(stored.parentOf(span), parent))
                        .toList();
            }
        };
    }

    private Stream<Stored.Span> spans(Object owner) {
        return switch (owner) {
            case Stored.Span span -> Stream.of(span);
            case Stored.Trace trace -> stored.spansOf(trace).stream();
            case Stored.Session session ->
                    stored.tracesOf(session).stream()
                            .flatMap(trace -> stored.spansOf(trace).stream());
            default -> throw new IllegalArgumentException();
        };
    }

    private @Nullable Object column(Object row, String name) {
        return switch (row) {
            case Stored.Span span -> ofSpan(span, name);
            case Stored.Trace trace -> ofTrace(trace, name);
            case Stored.Session session -> ofSession(session, name);
            case Stored.Annotation annotation ->
                    switch (name) {
                        case "name" -> annotation.name();
                        case "label" -> annotation.label();
                        case "score" -> annotation.score();
                        case "explanation" -> annotation.explanation();
                        case "annotator_kind" -> annotation.annotatorKind();
                        default -> annotation.identifier();
                    };
            case Stored.Detail detail ->
                    switch (name) {
                        case "token_type" -> detail.type();
                        case "is_prompt" -> detail.prompt();
                        case "tokens" -> (double) detail.tokens();
                        case "cost" -> detail.cost();
                        default ->
                                detail.tokens() == 0
                                        ? null
                                        : (Object) (orZero(detail.cost()) / detail.tokens());
                    };
            default -> throw new IllegalArgumentException();
        };
    }

    private @Nullable Object ofSpan(Stored.Span span, String name) {
        return switch (name) {
            case "span_id" -> span.spanId();
            case "trace_id" -> stored.traceOf(span).traceId();
            case "parent_id" -> span.parentId();
            case "span_kind" -> span.kind();
            case "name" -> span.name();
            case "status_code" -> span.status();
            case "status_message" -> span.message();
            case "latency_ms" -> millis(span.startNs(), span.endNs());
            case "start_time" -> span.startNs();
            case "end_time" -> span.endNs();
            case "cumulative_error_count" -> whole(span.cumulativeErrors());
            case "cumulative_llm_token_count_prompt" -> whole(span.cumulativePrompt());
            case "cumulative_llm_token_count_completion" -> whole(span.cumulativeCompletion());
            case "cumulative_llm_token_count_total" ->
                    whole(span.cumulativePrompt() + span.cumulativeCompletion());
            case "llm_token_count_prompt" -> whole(span.promptTokens());
            case "llm_token_count_completion" -> whole(span.completionTokens());
            case "llm_token_count_total" ->
                    whole(orZero(span.promptTokens()) + orZero(span.completionTokens()));
            case "prompt_cost" -> span.cost() == null ? 0.0 : orZero(span.cost().prompt());
            case "completion_cost" -> span.cost() == null ? 0.0 : orZero(span.cost().completion());
            case "total_cost" ->
                    span.cost() == null
                            ? 0.0
                            : orZero(span.cost().prompt()) + orZero(span.cost().completion());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private @Nullable Object ofTrace(Stored.Trace trace, String name) {
        return switch (name) {
            case "trace_id" -> trace.traceId();
            case "latency_ms" -> millis(trace.startNs(), trace.endNs());
            case "start_time" -> trace.startNs();
            case "end_time" -> trace.endNs();
            case "num_spans" -> whole((long) stored.spansOf(trace).size());
            case "error_count" ->
                    whole(
                            stored.spansOf(trace).stream()
                                    .filter(span -> span.status().equals("ERROR"))
                                    .count());
            case "token_count_prompt" -> whole(trace.promptTokens());
            case "token_count_completion" -> whole(trace.completionTokens());
            case "token_count_total" -> whole(trace.promptTokens() + trace.completionTokens());
            case "prompt_cost" -> trace.promptCost();
            case "completion_cost" -> trace.completionCost();
            case "total_cost" -> trace.promptCost() + trace.completionCost();
            default -> kinds(trace, name);
        };
    }

    private Object kinds(Object owner, String name) {
        String kind = name.equals("tool_span_count") ? "TOOL" : "LLM";
        return BigDecimal.valueOf(spans(owner).filter(span -> span.kind().equals(kind)).count());
    }

    private @Nullable Object ofSession(Stored.Session session, String name) {
        List<Stored.Trace> traces = stored.tracesOf(session);
        return switch (name) {
            case "session_id" -> session.sessionId();
            case "last_output" -> {
                List<Stored.Span> roots =
                        traces.stream()
                                .sorted(
                                        Comparator.comparingLong(Stored.Trace::startNs)
                                                .thenComparingLong(Stored.Trace::id)
                                                .reversed())
                                .flatMap(
                                        trace ->
                                                stored.spansOf(trace).stream()
                                                        .filter(span -> span.parentId() == null)
                                                        .sorted(
                                                                Comparator.comparingLong(
                                                                                Stored.Span::id)
                                                                        .reversed()))
                                .toList();
                yield roots.isEmpty()
                        ? null
                        : text(at(roots.getFirst().attributes(), List.of("output", "value")));
            }
            case "duration_ms" -> millis(session.startNs(), session.endNs());
            case "start_time" -> session.startNs();
            case "end_time" -> session.endNs();
            case "num_traces" -> whole((long) traces.size());
            case "num_traces_with_error" -> whole(session.errorTraces());
            case "token_count_prompt" -> whole(session.promptTokens());
            case "token_count_completion" -> whole(session.completionTokens());
            case "token_count_total" -> whole(session.promptTokens() + session.completionTokens());
            case "prompt_cost" -> traces.stream().mapToDouble(Stored.Trace::promptCost).sum();
            case "completion_cost" ->
                    traces.stream().mapToDouble(Stored.Trace::completionCost).sum();
            case "total_cost" ->
                    traces.stream()
                            .mapToDouble(trace -> trace.promptCost() + trace.completionCost())
                            .sum();
            default -> kinds(session, name);
        };
    }

    private static BigDecimal millis(long start, long end) {
        return BigDecimal.valueOf(end - start, 6);
    }

    private static @Nullable BigDecimal whole(@Nullable Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
