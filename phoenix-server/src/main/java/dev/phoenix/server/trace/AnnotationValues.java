package dev.phoenix.server.trace;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.WireEnum;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What lists need to know about annotations to be sorted by them. */
public interface AnnotationValues {

    /** What is annotated. */
    enum Grain {
        SPAN,
        SESSION
    }

    /** What of an annotation to sort by. */
    enum Attribute implements WireEnum {
        SCORE("score"),
        LABEL("label");

        private final String wireName;

        Attribute(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    /** Which annotations to sort by. */
    record Key(String name, Attribute attr) {}

    /**
     * The mean of scores, or the first label, of everything that has annotations of the name.
     *
     * @param value a Double or a String
     */
    record Values(ListOrder.Source source, Field<?> value) {}

    /** The rows of a list that have such an annotation, by it. */
    static ListOrder.Valued valued(
            AnnotationValues annotations,
            Grain grain,
            Key key,
            Field<Long> rowKey,
            SortDirection direction) {
        Values values = annotations.of(grain, key);
        SortKey kind = key.attr() == Attribute.SCORE ? SortKey.NUMBER : SortKey.STRING;
        return new ListOrder.Valued(
                values.source(),
                new Keyset<>(values.value(), values.source().key(), kind, direction.descending()),
                DSL.noCondition(),
                annotations.lacks(grain, key, rowKey));
    }

    Values of(Grain grain, Key key);

    /** Whether the row with this key has no such annotation. */
    Condition lacks(Grain grain, Key key, Field<Long> rowKey);
}
