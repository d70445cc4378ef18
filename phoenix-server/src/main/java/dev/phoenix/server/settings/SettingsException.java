package dev.phoenix.server.settings;

/**
 * A setting that stops the start. The message is one sentence: the variable, its value, the rule
 * and the way out.
 */
public class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String sentence) {
        super(sentence);
    }

    public SettingsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
