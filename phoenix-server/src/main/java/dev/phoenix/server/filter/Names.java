package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.Expr;
import dev.phoenix.server.filter.syntax.Expr.Step;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what the names of a condition stand for. */
final class Names {

    private static final int MOST_ANNOTATIONS = 25;
    private static final int LONGEST_PATH = 32;

    private static final Map<String, String> ALIASES =
            Map.of(
                    "context.span_id", "span_id",
                    "context.trace_id", "trace_id",
                    "cumulative_token_count.prompt", "cumulative_llm_token_count_prompt",
                    "cumulative_token_count.completion", "cumulative_llm_token_count_completion",
                    "cumulative_token_count.total", "cumulative_llm_token_count_total");

    private static final Set<String> TOKEN_COUNTS =
            Set.of("llm.token_count.prompt", "llm.token_count.completion", "llm.token_count.total");

    /** Names of traces and sessions for an attribute of their root span. */
    private static final Map<String, List<Object>> SHOWN =
            Map.of(
                    "input", List.of("input", "value"),
                    "output", List.of("output", "value"),
                    "first_input", List.of("input", "value"));

    private final SqlSize size;
    private final Set<String> annotations = new HashSet<>();
    private final Set<Needs.Named> accessed = new HashSet<>();

    Names(SqlSize size) {
        this.size = size;
    }

    Operand find(Expr.Path path, Scope scope) {
        size.add(path.range(), SqlSize.OF_COLUMN);
        Row variable = scope.variables().get(path.head());
        if (variable != null) {
            boolean innermost = variable.equals(List.copyOf(scope.variables().values()).getLast());
            if (!innermost && scope.root().source() == Source.SESSION) {
                throw wrong(
                        path.range(),
                        "%s belongs to the comprehension around this one and cannot be used here"
                                .formatted(path.head()));
            }
            return ofElement(path, variable);
        }
        if (scope.root().source() == Source.SPAN) {
            return scope.isComprehension() ? unreachable(path, scope) : ofSpan(path, scope.root());
        }
        return strict(path, scope);
    }

    Set<String> annotations() {
        return annotations;
    }

    private static Operand unreachable(Expr.Path path, Scope scope) {
        String variable = scope.variables().keySet().iterator().next();
        Row element = scope.variables().get(variable);
        List<String> known =
                element == null
                        ? List.of()
                        : element.source().names().stream()
                                .map(name -> variable + "." + name)
                                .toList();
        throw wrong(
                path.range(),
                "within the comprehension only %s can be used, not %s"
                        .formatted(String.join(", ", known), dotted(path)));
    }

    private Operand ofElement(Expr.Path path, Row element) {
        List<Step> steps = path.steps();
        String owner = path.head();
        if (steps.isEmpty()) {
            throw wrong(
                    path.range(),
                    "%s is a whole element: compare one of %s"
                            .formatted(owner, fields(owner, element.source())));
        }
        if (!(steps.getFirst() instanceof Step.Member(String name))) {
            throw wrong(
                    path.range(),
                    "elements have fields, such as " + fields(owner, element.source()));
        }
        if (name.equals("parent_span") && element.source() == Source.TRACE_SPAN) {
            return ofParent(path, element);
        }
        Member member = element.source().member(name);
        if (member == null || steps.size() > 1) {
            boolean many = Many.find(element.source(), name) != null;
            throw wrong(
                    path.range(),
                    many
                            ? "%s.%s holds several: use any(… for x in %s.%s)"
                                    .formatted(owner, name, owner, name)
                            : "%s has no %s%s: use one of %s"
                                    .formatted(
                                            owner,
                                            FilterException.fragment(name),
                                            Suggestion.didYouMean(name, element.source().names()),
                                            fields(owner, element.source())));
        }
        return new Operand.Value(new Term.Column(element, member), path.range());
    }

    private static Operand ofParent(Expr.Path path, Row span) {
        List<Step> steps = path.steps();
        if (steps.size() == 1) {
            return new Operand.Parent(new Check.HasParent(span), path.range());
        }
        Member member =
                steps.size() == 2 && steps.get(1) instanceof Step.Member(String name)
                        ? Source.TRACE_SPAN.member(name)
                        : null;
        if (member == null) {
            throw wrong(
                    path.range(),
                    "of a parent one of %s can be used"
                            .formatted(fields(path.head() + ".parent_span", Source.TRACE_SPAN)));
        }
        return new Operand.Value(new Term.OfParent(span, member), path.range());
    }

    private Operand ofSpan(Expr.Path path, Row span) {
        String name = dotted(path);
        boolean plain = path.steps().stream().allMatch(Step.Member.class::isInstance);
        if (plain) {
            Member member = Source.SPAN.member(ALIASES.getOrDefault(name, name));
            if (member != null) {
                return new Operand.Value(new Term.Column(span, member), path.range());
            }
            if (TOKEN_COUNTS.contains(name)) {
                Term.Json json =
                        new Term.Json(span, List.of(List.of((Object[]) name.split("\\."))));
                return new Operand.Value(new Term.JsonNumber(json), path.range());
            }
        }
        return switch (path.head()) {
            case "parent_span" -> parentOfSpan(path, span);
            case "annotations", "evals" -> annotation(path, Annotated.SPAN);
            case "trace_annotations" -> annotation(path, Annotated.TRACE);
            case "attributes" -> json(span, literal(path, false), path.range());
            case "metadata" -> json(span, literal(path, true), path.range());
            case "cost_details" ->
                    throw wrong(
                            path.range(),
                            "cost_details holds several: use any(d.cost > 1 for d in cost_details)"
                                    + " and the like");
            default -> json(span, literal(path, true), path.range());
        };
    }

    private static Operand parentOfSpan(Expr.Path path, Row span) {
        if (!path.steps().isEmpty()) {
            throw wrong(
                    path.range(),
                    "parent_span can only be compared with None: parent_span is None selects root"
                            + " spans");
        }
        return new Operand.Parent(new Check.Not(new Check.Orphan(span)), path.range());
    }

    /** Keys as they are written: a dot in one does not part it. */
    private static List<List<Object>> literal(Expr.Path path, boolean withHead) {
        List<Object> keys = new ArrayList<>();
        if (withHead) {
            keys.add(path.head());
        }
        if (path.head().equals("attributes") || path.head().equals("metadata")) {
            firstIsText(path);
        }
        for (Step step : path.steps()) {
            keys.add(
                    switch (step) {
                        case Step.Member(String name) -> name;
                        case Step.Key(String name) -> name;
                        case Step.Index(int place) -> place;
                    });
        }
        if (keys.isEmpty()) {
            throw wrong(
                    path.range(),
                    "attributes needs a key, such as attributes['llm']['model_name']");
        }
        return List.of(keys);
    }

    private static void firstIsText(Expr.Path path) {
        if (!path.steps().isEmpty() && path.steps().getFirst() instanceof Step.Index) {
            throw wrong(
                    path.range(),
                    "the first key of %s must be a name in quotes".formatted(path.head()));
        }
    }

    private Operand strict(Expr.Path path, Scope scope) {
        Row root = scope.root();
        String name = dotted(path);
        Member member = path.steps().isEmpty() ? root.source().member(name) : null;
        if (member != null) {
            boolean outer = scope.isComprehension();
            if (outer) {
                throw wrong(
                        path.range(), "%s cannot be used within a comprehension".formatted(name));
            }
            List<Object> shown = SHOWN.get(name);
            Term term =
                    shown == null
                            ? new Term.Column(root, member)
                            : new Term.JsonText(new Term.Json(root, List.of(shown)));
            return new Operand.Value(term, path.range());
        }
        if (name.equals("user.id")) {
            return ofRoot(path, scope, List.of("user.id"));
        }
        return switch (path.head()) {
            case "attributes" -> ofRoot(path, scope, List.of());
            case "metadata" -> ofRoot(path, scope, List.of("metadata"));
            case "trace_annotations", "session_annotations", "annotations", "evals" ->
                    strictAnnotation(path, scope);
            default -> throw unknown(path, scope);
        };
    }

    private Operand strictAnnotation(Expr.Path path, Scope scope) {
        boolean trace = scope.root().source() == Source.TRACE;
        String accessor = trace ? "trace_annotations" : "session_annotations";
        if (!path.head().equals(accessor)) {
            throw wrong(
                    path.range(),
                    "%s is not known here: use %s['name']".formatted(path.head(), accessor));
        }
        if (scope.isComprehension()) {
            throw wrong(
                    path.range(),
                    "%s['name'] cannot be used within a comprehension: join it with and"
                            .formatted(accessor));
        }
        return annotation(path, trace ? Annotated.TRACE : Annotated.SESSION);
    }

    private static FilterException unknown(Expr.Path path, Scope scope) {
        Source source = scope.root().source();
        List<String> known = new ArrayList<>(source.names());
        known.addAll(List.of("user.id", "attributes", "metadata"));
        known.addAll(scope.variables().keySet());
        for (Many many : Many.of(source)) {
            if (many.wireName().equals(path.head())) {
                return wrong(
                        path.range(),
                        "%s holds several: use any(… for x in %s), all, len, sum, max or min"
                                .formatted(many.wireName(), many.wireName()));
            }
            known.add(many.wireName());
        }
        String name = dotted(path);
        return wrong(
                path.range(),
                "%s is not known%s%s"
                        .formatted(
                                FilterException.fragment(name),
                                Suggestion.didYouMean(name, known),
                                ": attributes are written attributes[\"%s\"]"
                                        .formatted(FilterException.fragment(name))));
    }

    /** Keys as senders write them: dots part them, wherever the sender's nesting ends. */
    private Operand ofRoot(Expr.Path path, Scope scope, List<String> before) {
        if (scope.isComprehension()) {
            throw wrong(
                    path.range(),
                    "%s cannot be used within a comprehension".formatted(path.head()));
        }
        boolean user = path.head().equals("user");
        if (!user) {
            firstIsText(path);
        }
        boolean keyed =
                user
                        || (!path.steps().isEmpty()
                                && path.steps().stream().noneMatch(Step.Member.class::isInstance));
        if (!keyed) {
            throw wrong(
                    path.range(),
                    "%s needs a key in brackets, such as %s[\"tier\"]"
                            .formatted(path.head(), path.head()));
        }
        List<Step> steps = user ? List.of() : path.steps();
        if (steps.stream().anyMatch(Step.Index.class::isInstance)) {
            return json(scope.root(), literal(path, !before.isEmpty()), path.range());
        }
        List<String> texts = new ArrayList<>(before);
        for (Step step : steps) {
            if (step instanceof Step.Key(String name)) {
                texts.add(name);
            }
        }
        return json(scope.root(), wirePaths(String.join(".", texts)), path.range());
    }

    /** For a.b.c: a, b, c, then a, b.c, then a.b.c. */
    private static List<List<Object>> wirePaths(String key) {
        String[] parts = key.split("\\.", -1);
        List<List<Object>> paths = new ArrayList<>();
        for (int split = Math.min(parts.length, LONGEST_PATH + 1) - 1; split >= 0; split--) {
            List<Object> path = new ArrayList<>(List.of(parts).subList(0, split));
            path.add(String.join(".", List.of(parts).subList(split, parts.length)));
            paths.add(path);
        }
        return paths;
    }

    private Operand json(Row row, List<List<Object>> paths, Range range) {
        if (paths.getFirst().size() > LONGEST_PATH) {
            throw wrong(
                    range, "the path of an attribute has at most %d keys".formatted(LONGEST_PATH));
        }
        int length = paths.getFirst().stream().mapToInt(key -> key.toString().length()).sum();
        size.addPaths(range, paths.size(), length);
        return new Operand.Value(new Term.Json(row, paths), range);
    }

    private Operand annotation(Expr.Path path, Annotated target) {
        List<Step> steps = path.steps();
        if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Key(String name))) {
            throw wrong(
                    path.range(),
                    "%s needs the name of an annotation, such as %s['quality'].score"
                            .formatted(path.head(), path.head()));
        }
        if (name.isEmpty()) {
            throw wrong(path.range(), "the name of an annotation must not be empty");
        }
        annotations.add(name);
        accessed.add(new Needs.Named(target, name));
        if (accessed.size() > MOST_ANNOTATIONS) {
            throw wrong(
                    path.range(),
                    "a condition asks for at most %d annotations".formatted(MOST_ANNOTATIONS));
        }
        if (steps.size() == 1) {
            return new Operand.Condition(new Check.HasAnnotation(target, name), path.range());
        }
        String part = steps.get(1) instanceof Step.Member(String given) ? given : null;
        if (part == null || steps.size() > 2 || !Annotated.PARTS.contains(part)) {
            throw wrong(path.range(), noPart(path, part));
        }
        return new Operand.Value(new Term.Annotation(target, name, part), path.range());
    }

    private static String noPart(Expr.Path path, @Nullable String part) {
        return "%s['name'] has the parts %s%s"
                .formatted(
                        path.head(),
                        Annotated.PARTS.stream()
                                .map(known -> "." + known)
                                .reduce((a, b) -> a + ", " + b)
                                .orElseThrow(),
                        part == null ? "" : Suggestion.didYouMean(part, Annotated.PARTS));
    }

    private static String fields(String owner, Source source) {
        return source.names().stream()
                .map(name -> owner + "." + name)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    /** The name up to its first key. */
    private static String dotted(Expr.Path path) {
        StringBuilder name = new StringBuilder(path.head());
        for (Step step : path.steps()) {
            if (!(step instanceof Step.Member(String member))) {
                break;
            }
            name.append('.').append(member);
        }
        return name.toString();
    }

    private static FilterException wrong(Range range, String rule) {
        return new FilterException(range, rule);
    }
}
