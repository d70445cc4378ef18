package dev.phoenix.server.filter;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which names a part of a condition can use.
 *
 * @param root the row to be chosen
 * @param variables of the comprehensions around it, the outermost first
 * @param strict whether the types of attributes must be spelled out
 */
record Scope(Row root, Map<String, Row> variables, boolean strict) {

    static Scope of(Source source) {
        return new Scope(new Row(0, source), Map.of(), source != Source.SPAN);
    }

    Scope with(String variable, Row element) {
        Map<String, Row> more = new LinkedHashMap<>(variables);
        more.put(variable, element);
        return new Scope(root, more, true);
    }

    boolean isComprehension() {
        return !variables.isEmpty();
    }
}
