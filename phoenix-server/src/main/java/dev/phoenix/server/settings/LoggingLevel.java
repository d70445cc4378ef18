package dev.phoenix.server.settings;

/** The levels of the contract; critical has no equal here and counts as error. */
public enum LoggingLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
