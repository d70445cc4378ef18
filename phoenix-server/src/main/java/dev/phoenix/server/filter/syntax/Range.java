package dev.phoenix.server.filter.syntax;

/** A part of a condition's text, from the first character until before another. */
public record Range(int start, int end) {

    Range to(Range last) {
        return new Range(start, last.end);
    }
}
