package dev.phoenix.server.filter.syntax;

/**
 * A word of a condition.
 *
 * @param text a name or an operator as written, or what a quoted text says
 */
record Token(Kind kind, String text, Range range) {

    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equals(word);
    }
}
