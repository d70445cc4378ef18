package dev.phoenix.server.settings;

/**
 * How long traces are kept.
 *
 * @param defaultDays of the default policy when it is first made; zero keeps traces for ever
 */
public record RetentionSettings(int defaultDays) {

    static RetentionSettings read(SettingsReader reader) {
        return new RetentionSettings(
                reader.integer("PHOENIX_DEFAULT_RETENTION_POLICY_DAYS", 0, 0, 36_500));
    }
}
