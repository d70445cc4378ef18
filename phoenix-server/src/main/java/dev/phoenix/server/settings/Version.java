package dev.phoenix.server.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What this is.
 *
 * @param own the version of this product
 * @param contract the version of the reference product whose interfaces it offers; clients choose
 *     features by it
 */
public record Version(String own, String contract) {

    private static final Version CURRENT = read();

    public static Version current() {
        return CURRENT;
    }

    private static Version read() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/version.properties")) {
            properties.load(
                    Objects.requireNonNull(file, "version.properties is missing from the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(properties.getProperty("own"), properties.getProperty("contract"));
    }
}
