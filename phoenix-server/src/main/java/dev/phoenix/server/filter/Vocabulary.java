package dev.phoenix.server.filter;

import dev.phoenix.server.api.TimeRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The names that conditions can use: those of the language, and those that senders gave. */
@Component
class Vocabulary {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Observed observed;

    Vocabulary(Observed observed) {
        this.observed = observed;
    }

    /** As GraphQL shows a name. */
    record Term(
            String name,
            String type,
            String description,
            String category,
            @Nullable String iterableName,
            String insertText) {}

    List<Term> of(Source source, long projectKey, TimeRange range) {
        List<Term> terms = new ArrayList<>();
        for (Member member : source.members()) {
            terms.add(term(member, member.name(), null));
        }
        if (source == Source.SPAN) {
            terms.add(
                    new Term(
                            "parent_span",
                            "string",
                            "the span's parent: None also where it was never received",
                            "span",
                            null,
                            "parent_span is None"));
        }
        addIterables(terms, source);
        boolean roots = source != Source.SPAN;
        for (List<String> path : observed.attributes(projectKey, range, roots)) {
            String name = String.join(".", path);
            String text = roots ? "attributes[%s]".formatted(quoted(name)) : attribute(path);
            terms.add(new Term(name, "string", "an attribute", "attribute", null, text));
        }
        addAnnotations(terms, source, projectKey);
        return terms;
    }

    private static void addIterables(List<Term> terms, Source source) {
        for (Many many : Many.of(source)) {
            String name = many.wireName();
            String element = "x." + many.element().names().getFirst();
            terms.add(
                    new Term(
                            name,
                            "iterable",
                            many.description(),
                            "iterable",
                            null,
                            "any(%s == '' for x in %s)".formatted(element, name)));
            for (Member member : many.element().members()) {
                terms.add(term(member, "x." + member.name(), name));
            }
            for (Many inner : Many.of(many.element())) {
                terms.add(
                        new Term(
                                inner.wireName(),
                                "iterable",
                                inner.description(),
                                "element",
                                name,
                                "x." + inner.wireName()));
            }
        }
    }

    private void addAnnotations(List<Term> terms, Source source, long projectKey) {
        switch (source) {
            case SPAN -> {
                addAnnotations(
                        terms, "annotations", observed.annotations(projectKey, Annotated.SPAN));
                addAnnotations(
                        terms,
                        "trace_annotations",
                        observed.annotations(projectKey, Annotated.TRACE));
            }
            case TRACE ->
                    addAnnotations(
                            terms,
                            "trace_annotations",
                            observed.annotations(projectKey, Annotated.TRACE));
            default ->
                    addAnnotations(
                            terms,
                            "session_annotations",
                            observed.annotations(projectKey, Annotated.SESSION));
        }
    }

    private static void addAnnotations(
            List<Term> terms, String accessor, Collection<String> names) {
        for (String name : names) {
            String one = accessor + "[" + quoted(name) + "]";
            for (String part : Annotated.PARTS) {
                String type = part.equals("score") ? "number" : "string";
                String whole = one + "." + part;
                terms.add(
                        new Term(
                                whole,
                                type,
                                "%s of the annotation %s".formatted(part, name),
                                "annotation",
                                null,
                                whole));
            }
        }
    }

    private static Term term(Member member, String insertText, @Nullable String iterable) {
        return new Term(
                member.name(),
                member.kind().wireName(),
                member.description(),
                member.category(),
                iterable,
                insertText);
    }

    /** Dotted where each part is a name of its own and the first means nothing else. */
    private static String attribute(List<String> path) {
        boolean plain =
                path.stream().allMatch(name -> PLAIN.matcher(name).matches())
                        && (path.size() > 1 || Source.SPAN.member(path.getFirst()) == null);
        if (plain) {
            return String.join(".", path);
        }
        StringBuilder text = new StringBuilder("attributes");
        path.forEach(name -> text.append('[').append(quoted(name)).append(']'));
        return text.toString();
    }

    private static String quoted(String name) {
        return "'" + name.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
