package dev.phoenix.server.settings;

/**
 * The web interface.
 *
 * @param enabled whether it is served
 * @param allowExternalResources whether it and the server may fetch things from the internet on
 *     their own
 */
public record UiSettings(boolean enabled, boolean allowExternalResources) {

    static UiSettings read(SettingsReader reader) {
        return new UiSettings(
                reader.flag("PHOENIX_ENABLE_UI", true),
                reader.flag("PHOENIX_ALLOW_EXTERNAL_RESOURCES", true));
    }
}
