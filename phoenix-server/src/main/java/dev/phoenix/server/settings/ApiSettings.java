package dev.phoenix.server.settings;

/**
 * How the APIs behave.
 *
 * @param readOnly refuse every write, and do not listen for gRPC
 * @param maskInternalErrors hide the cause of unexpected errors from callers
 */
public record ApiSettings(boolean readOnly, boolean maskInternalErrors) {

    static ApiSettings read(SettingsReader reader) {
        return new ApiSettings(
                reader.flag("PHOENIX_READ_ONLY", false),
                reader.flag("PHOENIX_MASK_INTERNAL_SERVER_ERRORS", true));
    }
}
