package dev.phoenix.server.annotation;

import static dev.phoenix.server.db.jooq.Tables.DOCUMENT_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSION_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.TRACE_ANNOTATIONS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.session.ProjectSession;
import dev.phoenix.server.trace.Span;
import dev.phoenix.server.trace.Trace;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** What an annotation is about, and the table of such annotations. */
enum Target {
    SPAN("span", "SpanAnnotation", SPAN_ANNOTATIONS, SPAN_ANNOTATIONS.SPAN_KEY, null),
    TRACE("trace", "TraceAnnotation", TRACE_ANNOTATIONS, TRACE_ANNOTATIONS.TRACE_KEY, null),
    SESSION(
            "session",
            "ProjectSessionAnnotation",
            PROJECT_SESSION_ANNOTATIONS,
            PROJECT_SESSION_ANNOTATIONS.SESSION_KEY,
            null),
    DOCUMENT(
            "span",
            "DocumentAnnotation",
            DOCUMENT_ANNOTATIONS,
            DOCUMENT_ANNOTATIONS.SPAN_KEY,
            DOCUMENT_ANNOTATIONS.DOCUMENT_POSITION);

    private final String noun;
    private final String type;
    private final Table<?> table;
    private final Field<Long> key;
    private final @Nullable Field<Integer> position;

    Target(
            String noun,
            String type,
            Table<?> table,
            Field<Long> key,
            @Nullable Field<Integer> position) {
        this.noun = noun;
        this.type = type;
        this.table = table;
        this.key = key;
        this.position = position;
    }

    /** What the annotated thing is called. */
    String noun() {
        return noun;
    }

    /** The type of what is annotated in global ids. */
    String targetType() {
        return switch (this) {
            case SPAN, DOCUMENT -> Span.TYPE;
            case TRACE -> Trace.TYPE;
            case SESSION -> ProjectSession.TYPE;
        };
    }

    /** The type in global ids. */
    String type() {
        return type;
    }

    String id(long annotationKey) {
        return GlobalId.encode(type, annotationKey);
    }

    Table<?> table() {
        return table;
    }

    /** The key of what is annotated. */
    Field<Long> key() {
        return key;
    }

    /** The document of the span, where annotations are about documents. */
    @Nullable Field<Integer> position() {
        return position;
    }

    /** The column of this table that is called as one of {@link SpanAnnotations}. */
    <T> Field<T> column(TableField<?, T> like) {
        return Objects.requireNonNull(table.field(like));
    }

    /** The columns that tell annotations apart. */
    List<Field<?>> slot() {
        Field<String> name = column(SPAN_ANNOTATIONS.NAME);
        Field<String> identifier = column(SPAN_ANNOTATIONS.IDENTIFIER);
        return position == null
                ? List.of(key, name, identifier)
                : List.of(key, position, name, identifier);
    }
}
