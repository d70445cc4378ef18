package dev.phoenix.server.settings;

import java.time.Duration;

/**
 * The audit log.
 *
 * @param retention how long its entries are kept; zero keeps them for ever
 */
public record AuditSettings(Duration retention) {

    static AuditSettings read(SettingsReader reader) {
        return new AuditSettings(
                Duration.ofDays(
                        reader.integer("PHOENIX_AUDIT_LOG_RETENTION_DAYS", 365, 0, 36_500)));
    }
}
