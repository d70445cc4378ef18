package dev.phoenix.server.settings;

import java.net.URI;
import java.util.Optional;

/**
 * The web interface.
 *
 * @param enabled whether it is served
 * @param allowExternalResources whether it and the server may fetch things from the internet on
 *     their own
 * @param managementUrl where the people who set it up manage it
 */
public record UiSettings(
        boolean enabled, boolean allowExternalResources, Optional<URI> managementUrl) {

    static UiSettings read(SettingsReader reader) {
        return new UiSettings(
                reader.flag("PHOENIX_ENABLE_UI", true),
                reader.flag("PHOENIX_ALLOW_EXTERNAL_RESOURCES", true),
                reader.url("PHOENIX_MANAGEMENT_URL"));
    }
}
