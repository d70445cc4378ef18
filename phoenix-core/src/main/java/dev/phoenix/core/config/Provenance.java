package dev.phoenix.core.config;

import java.nio.file.Path;

/** Where a value came from. */
public sealed interface Provenance {

    /** Given in code. */
    record Explicit() implements Provenance {
        @Override
        public String toString() {
            return "the application's code";
        }
    }

    /** A JVM system property such as {@code phoenix.api-key}. */
    record SystemProperty(String name) implements Provenance {
        @Override
        public String toString() {
            return "system property " + name;
        }
    }

    /** A variable of the process environment. */
    record EnvironmentVariable(String name) implements Provenance {
        @Override
        public String toString() {
            return name + " in the environment";
        }
    }

    /** A variable in an {@code .env.phoenix} file. */
    record EnvFile(Path path, String variable) implements Provenance {
        @Override
        public String toString() {
            return variable + " in " + path;
        }
    }

    /** Nobody said anything. */
    record Default() implements Provenance {
        @Override
        public String toString() {
            return "the built-in default";
        }
    }
}
