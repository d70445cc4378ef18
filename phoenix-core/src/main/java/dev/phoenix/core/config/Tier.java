package dev.phoenix.core.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One place that may hold variables. Values come out trimmed; a blank one counts as unset. */
interface Tier {

    Optional<Sourced<String>> get(Variable variable);

    /** Whether this place says anything about a group of variables. */
    default boolean claims(List<Variable> group) {
        return group.stream().anyMatch(variable -> get(variable).isPresent());
    }

    /** System properties and environment: a property wins over the variable of the same meaning. */
    record Process(Map<String, String> properties, Map<String, String> environment)
            implements Tier {
        @Override
        public Optional<Sourced<String>> get(Variable variable) {
            String property = variable.property();
            return text(properties.get(property))
                    .map(value -> new Sourced<>(value, source(property)))
                    .or(() -> fromEnvironment(variable));
        }

        private static Provenance source(String property) {
            return new Provenance.SystemProperty(property);
        }

        private Optional<Sourced<String>> fromEnvironment(Variable variable) {
            String name = variable.name();
            return text(environment.get(name))
                    .filter(value -> !isServiceLink(variable, value))
                    .map(value -> new Sourced<>(value, new Provenance.EnvironmentVariable(name)));
        }

        /** Kubernetes sets PHOENIX_PORT=tcp://… in pods beside a service called phoenix. */
        private static boolean isServiceLink(Variable variable, String value) {
            boolean link =
                    (variable == Variable.PHOENIX_PORT || variable == Variable.PHOENIX_GRPC_PORT)
                            && value.startsWith("tcp://");
            if (link) {
                Notices.warn(
                        variable
                                + " is a Kubernetes service link, not a port, and is ignored; set"
                                + " enableServiceLinks: false on the pod to get rid of it");
            }
            return link;
        }
    }

    /** An {@code .env.phoenix} file, or an empty place where there is none. */
    record File(Optional<EnvFile> file) implements Tier {
        @Override
        public Optional<Sourced<String>> get(Variable variable) {
            String name = variable.name();
            return file.flatMap(
                    found ->
                            text(found.values().get(name))
                                    .map(value -> new Sourced<>(value, found.source(name))));
        }
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }
}
