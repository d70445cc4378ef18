package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.filter.syntax.FilterException;
import java.util.List;
import org.jooq.Field;

/** A value of each span, named as conditions name it. */
public sealed interface Projection {

    /**
     * The value that a key names.
     *
     * @throws ApiException if the key names nothing that can be shown
     */
    static Projection of(String key) {
        try {
            return switch (Typing.projection(key)) {
                case Term.Column(Row _, Member member) -> column(member);
                case Term.Json(Row _, var paths) -> new Attribute(paths.getFirst());
                case Term.JsonNumber(Term.Json(Row _, var paths)) ->
                        new Attribute(paths.getFirst());
                default ->
                        throw ApiException.unprocessable(
                                "%s cannot be selected: select a field or an attribute"
                                        .formatted(FilterException.fragment(key)));
            };
        } catch (FilterException e) {
            throw ApiException.unprocessable(e.getMessage());
        }
    }

    private static Projection column(Member member) {
        Object column = Columns.of(SPANS, member.name());
        boolean time = member.kind() == Kind.DATETIME;
        if (column instanceof Columns.Whole(Field<Long> whole, int unit)) {
            return new Column(whole, unit, false);
        }
        return new Column((Field<?>) column, 1, time);
    }

    /**
     * What is kept beside a span.
     *
     * @param unit how many of the column are one of what is shown
     * @param time whether it is a time in nanoseconds
     */
    record Column(Field<?> field, int unit, boolean time) implements Projection {}

    /** A part of a span's attributes: names of members, and places in lists. */
    record Attribute(List<Object> path) implements Projection {}
}
