package dev.phoenix.server.filter;

import java.util.List;

/** What a condition on spans says about roots by its text alone. */
enum RootScope {
    /** Every span it selects has no parent. */
    STRICT,
    /** Every span it selects has no parent, or one that was never received. */
    ORPHAN_AWARE,
    UNKNOWN;

    static RootScope of(Check check) {
        return of(check, false);
    }

    private static RootScope of(Check check, boolean negated) {
        return switch (check) {
            case Check.Not(Check inner) -> of(inner, !negated);
            case Check.And(List<Check> parts) -> joined(parts, negated, !negated);
            case Check.Or(List<Check> parts) -> joined(parts, negated, negated);
            case Check.Constant(boolean value) -> value == negated ? STRICT : UNKNOWN;
            case Check.Missing(Term.Column(Row _, Member member))
                    when member.name().equals("parent_id") && !negated ->
                    STRICT;
            case Check.Orphan _ -> negated ? UNKNOWN : ORPHAN_AWARE;
            default -> UNKNOWN;
        };
    }

    /**
     * Of conditions that all hold the narrowest decides, of those of which one holds the widest.
     */
    private static RootScope joined(List<Check> parts, boolean negated, boolean all) {
        var scopes = parts.stream().map(part -> of(part, negated)).sorted();
        return all
                ? scopes.findFirst().orElse(UNKNOWN)
                : scopes.reduce((a, b) -> b).orElse(UNKNOWN);
    }
}
