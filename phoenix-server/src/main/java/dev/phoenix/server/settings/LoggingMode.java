package dev.phoenix.server.settings;

/** How log lines look: for people, or one JSON object each. */
public enum LoggingMode {
    DEFAULT,
    STRUCTURED
}
