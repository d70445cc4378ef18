package dev.phoenix.server.filter;

/** Whose annotations a name in brackets asks for. */
enum Annotated {
    SPAN,
    /** The trace of a span, or the trace itself. */
    TRACE,
    SESSION
}
