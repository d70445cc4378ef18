package dev.phoenix.server.filter;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a comprehension goes through: several rows that belong to one other. */
enum Many {
    COSTS_OF_SPAN(Source.SPAN, "cost_details", Source.COST_DETAIL, "what its tokens cost, by type"),
    SPANS_OF_TRACE(Source.TRACE, "spans", Source.TRACE_SPAN, "its spans"),
    ANNOTATIONS_OF_TRACE(Source.TRACE, "trace_annotations", Source.ANNOTATION, "its annotations"),
    SPAN_ANNOTATIONS_OF_TRACE(
            Source.TRACE, "span_annotations", Source.ANNOTATION, "annotations of its spans"),
    COSTS_OF_TRACE(
            Source.TRACE,
            "span_cost_details",
            Source.COST_DETAIL,
            "what the tokens of its spans cost, by span and type"),
    CHILDREN(Source.TRACE_SPAN, "children", Source.TRACE_SPAN, "spans whose parent is this span"),
    SIBLINGS(Source.TRACE_SPAN, "siblings", Source.TRACE_SPAN, "other spans of the same parent"),
    ANNOTATIONS_OF_ELEMENT(
            Source.TRACE_SPAN, "annotations", Source.ANNOTATION, "annotations of the span"),
    COSTS_OF_ELEMENT(
            Source.TRACE_SPAN,
            "cost_details",
            Source.COST_DETAIL,
            "what the span's tokens cost, by type"),
    TRACES_OF_SESSION(Source.SESSION, "traces", Source.SESSION_TRACE, "its traces"),
    SPANS_OF_SESSION(Source.SESSION, "spans", Source.SESSION_SPAN, "the spans of its traces"),
    SPANS_OF_ELEMENT(Source.SESSION_TRACE, "spans", Source.SESSION_SPAN, "spans of the trace"),
    ANNOTATIONS_OF_SESSION(
            Source.SESSION, "session_annotations", Source.ANNOTATION, "its annotations"),
    SPAN_ANNOTATIONS_OF_SESSION(
            Source.SESSION, "span_annotations", Source.ANNOTATION, "annotations of its spans"),
    COSTS_OF_SESSION(
            Source.SESSION,
            "span_cost_details",
            Source.COST_DETAIL,
            "what the tokens of its spans cost, by span and type");

    private final Source owner;
    private final String wireName;
    private final Source element;
    private final String description;

    Many(Source owner, String wireName, Source element, String description) {
        this.owner = owner;
        this.wireName = wireName;
        this.element = element;
        this.description = description;
    }

    static @Nullable Many find(Source owner, String name) {
        return of(owner).stream().filter(many -> many.wireName.equals(name)).findAny().orElse(null);
    }

    static List<Many> of(Source owner) {
        return Arrays.stream(values()).filter(many -> many.owner == owner).toList();
    }

    String wireName() {
        return wireName;
    }

    Source element() {
        return element;
    }

    String description() {
        return description;
    }
}
