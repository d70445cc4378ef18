package dev.phoenix.core.config;

import java.util.Optional;

/** The name of the project, under its own variable or its older one. */
record Project(Tier process, Tier file, Optional<String> explicit) {

    Optional<Sourced<String>> name() {
        return explicit.map(Sourced::explicit).or(() -> name(process)).or(() -> name(file));
    }

    private static Optional<Sourced<String>> name(Tier tier) {
        Optional<Sourced<String>> name = tier.get(Variable.PHOENIX_PROJECT);
        Optional<Sourced<String>> alias = tier.get(Variable.PHOENIX_PROJECT_NAME);
        if (name.isPresent()
                && alias.isPresent()
                && !name.get().value().equals(alias.get().value())) {
            Notices.warn(
                    name.get().source()
                            + " and "
                            + alias.get().source()
                            + " name different projects; the first one is used");
        }
        return name.or(() -> alias);
    }
}
