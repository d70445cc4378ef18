package dev.phoenix.server.settings;

import java.util.OptionalDouble;

/**
 * How much of a disk the database may use. Nothing is watched unless the capacity and a threshold
 * are set.
 *
 * @param capacityGib what is set aside for the database
 * @param warningPercent usage above it is warned of
 * @param blockingPercent usage above it stops inserts and updates
 */
public record DiskSettings(
        OptionalDouble capacityGib, OptionalDouble warningPercent, OptionalDouble blockingPercent) {

    static DiskSettings read(SettingsReader reader) {
        return new DiskSettings(
                reader.decimal(
                        "PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES",
                        Math.nextUp(0.0),
                        Double.MAX_VALUE,
                        "above 0"),
                percentage(reader, "PHOENIX_DATABASE_USAGE_EMAIL_WARNING_THRESHOLD_PERCENTAGE"),
                percentage(
                        reader, "PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE"));
    }

    private static OptionalDouble percentage(SettingsReader reader, String name) {
        return reader.decimal(name, 0, 100, "from 0 to 100");
    }

    public boolean watched() {
        return capacityGib.isPresent()
                && (warningPercent.isPresent() || blockingPercent.isPresent());
    }
}
