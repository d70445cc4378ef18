package dev.phoenix.core.config;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says each thing once per process. Messages name variables and files, never their values. */
final class Notices {

    private static final System.Logger LOGGER = System.getLogger("phoenix.config");
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Notices() {}

    static void warn(String message) {
        say(System.Logger.Level.WARNING, message);
    }

    static void info(String message) {
        say(System.Logger.Level.INFO, message);
    }

    /** For tests, which share one process. */
    static void forget() {
        SAID.clear();
    }

    private static void say(System.Logger.Level level, String message) {
        if (SAID.add(message)) {
            LOGGER.log(level, message);
        }
    }
}
