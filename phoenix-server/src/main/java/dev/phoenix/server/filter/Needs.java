package dev.phoenix.server.filter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a condition reads beside the row itself. */
final class Needs {

    /** An annotation by whose it is and its name. */
    record Named(Annotated target, String name) {}

    private final Set<Named> annotations = new LinkedHashSet<>();
    private boolean attributes;

    static Needs of(Check check) {
        Needs needs = new Needs();
        needs.add(check);
        return needs;
    }

    Set<Named> annotations() {
        return annotations;
    }

    boolean attributes() {
        return attributes;
    }

    private void add(Check check) {
        switch (check) {
            case Check.Constant _, Check.Orphan _, Check.HasParent _ -> {}
            case Check.And(List<Check> parts) -> parts.forEach(this::add);
            case Check.Or(List<Check> parts) -> parts.forEach(this::add);
            case Check.Not(Check inner) -> add(inner);
            case Check.Compare(_, Term left, Term right) -> {
                add(left);
                add(right);
            }
            case Check.Missing(Term term) -> add(term);
            case Check.Is(Term bool, _) -> add(bool);
            case Check.In(Term term, _) -> add(term);
            case Check.Contains(Term text, Term part) -> {
                add(text);
                add(part);
            }
            case Check.HasAnnotation(Annotated target, String name) ->
                    annotations.add(new Named(target, name));
            // Elements have neither attributes nor annotations by name.
            case Check.Quantified _ -> {}
        }
    }

    private void add(@Nullable Term term) {
        switch (term) {
            case null -> {}
            case Term.Text _, Term.Numeral _, Term.Time _, Term.Bool _ -> {}
            case Term.Column _, Term.OfParent _, Term.Reduction _ -> {}
            case Term.Json json -> attributes |= !Columns.isKept(json);
            case Term.JsonText(Term.Json json) -> attributes |= !Columns.isKept(json);
            case Term.JsonNumber _, Term.JsonBool _ -> attributes = true;
            case Term.Parsed(Term text) -> add(text);
            case Term.Arithmetic(_, Term left, Term right) -> {
                add(left);
                add(right);
            }
            case Term.Concatenation(Term left, Term right) -> {
                add(left);
                add(right);
            }
            case Term.Annotation(Annotated target, String name, _) ->
                    annotations.add(new Named(target, name));
            case Term.Holds(Check check) -> add(check);
        }
    }
}
