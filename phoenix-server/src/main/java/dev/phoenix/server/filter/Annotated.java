package dev.phoenix.server.filter;

import java.util.List;

/** Whose annotations a name in brackets asks for. */
enum Annotated {
    SPAN,
    /** The trace of a span, or the trace itself. */
    TRACE,
    SESSION;

    /** What can be asked of one. */
    static final List<String> PARTS =
            List.of("score", "label", "explanation", "identifier", Member.ANNOTATOR_KIND);
}
