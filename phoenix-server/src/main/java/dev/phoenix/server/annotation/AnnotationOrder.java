package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;

import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.trace.AnnotationValues;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Sorts spans and sessions by their annotations of a name. */
@Component
class AnnotationOrder implements AnnotationValues {

    private static final Field<Long> KEY = DSL.field(DSL.name("valued", "row_key"), Long.class);
    private static final Field<Double> SCORE =
            DSL.field(DSL.name("valued", "annotated"), Double.class);
    private static final Field<String> LABEL =
            DSL.field(DSL.name("valued", "annotated"), String.class);

    private final Engine engine;

    AnnotationOrder(Database database) {
        this.engine = database.engine();
    }

    @Override
    public Values of(Grain grain, Key key) {
        Target target = target(grain);
        Field<?> value =
                switch (key.attr()) {
                    case SCORE -> DSL.avg(target.column(SPAN_ANNOTATIONS.SCORE)).cast(Double.class);
                    case LABEL -> first(DSL.min(target.column(SPAN_ANNOTATIONS.LABEL)));
                };
        var values =
                DSL.select(target.key().as("row_key"), value.as("annotated"))
                        .from(target.table())
                        .where(target.column(SPAN_ANNOTATIONS.NAME).eq(key.name()))
                        .and(column(target, key).isNotNull())
                        .groupBy(target.key())
                        .asTable("valued");
        return new Values(
                new ListOrder.Source(values, KEY, engine == Engine.POSTGRESQL),
                key.attr() == Attribute.SCORE ? SCORE : LABEL);
    }

    @Override
    public Condition lacks(Grain grain, Key key, Field<Long> rowKey) {
        Target target = target(grain);
        return DSL.notExists(
                DSL.selectOne()
                        .from(target.table())
                        .where(target.key().eq(rowKey))
                        .and(target.column(SPAN_ANNOTATIONS.NAME).eq(key.name()))
                        .and(column(target, key).isNotNull()));
    }

    /** In code point order on both engines. */
    private Field<String> first(Field<String> label) {
        return engine == Engine.POSTGRESQL ? label.collate("C") : label;
    }

    private static Field<?> column(Target target, Key key) {
        return switch (key.attr()) {
            case SCORE -> target.column(SPAN_ANNOTATIONS.SCORE);
            case LABEL -> target.column(SPAN_ANNOTATIONS.LABEL);
        };
    }

    private static Target target(Grain grain) {
        return switch (grain) {
            case SPAN -> Target.SPAN;
            case SESSION -> Target.SESSION;
        };
    }
}
