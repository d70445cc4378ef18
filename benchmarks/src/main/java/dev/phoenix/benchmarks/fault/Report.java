package dev.phoenix.benchmarks.fault;

import java.util.ArrayList;
import java.util.List;

/** What a fault run saw, and which rules were broken. */
final class Report {

    private final List<String> facts = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    void fact(String format, Object... values) {
        facts.add(format.formatted(values));
    }

    void violation(String format, Object... values) {
        violations.add(format.formatted(values));
    }

    void require(boolean holds, String format, Object... values) {
        if (!holds) {
            violation(format, values);
        }
    }

    boolean good() {
        return violations.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.join("; ", facts));
        violations.forEach(violation -> text.append("\n  FAIL ").append(violation));
        return text.toString();
    }
}
