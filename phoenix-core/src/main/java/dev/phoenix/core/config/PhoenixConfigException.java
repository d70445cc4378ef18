package dev.phoenix.core.config;

/** A setting that cannot be used; the message names it, the rule it breaks and the way out. */
public final class PhoenixConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PhoenixConfigException(String message) {
        super(message);
    }
}
