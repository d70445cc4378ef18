package dev.phoenix.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is encrypted on the way, and with which key.
 *
 * @param http whether HTTP is
 * @param grpc whether gRPC is
 * @param files absent if neither is
 */
public record TlsSettings(boolean http, boolean grpc, Optional<Identity> files) {

    private static final String PASSWORD = "PHOENIX_TLS_KEY_FILE_PASSWORD";

    /**
     * PEM files.
     *
     * @param certificate the server's, followed by those that vouch for it
     * @param clientAuthorities who vouches for clients; if present, every client must have a
     *     certificate
     */
    public record Identity(
            Path certificate,
            Path key,
            Optional<Secret> keyPassword,
            Optional<Path> clientAuthorities) {}

    static TlsSettings read(SettingsReader reader) {
        boolean general = reader.flag("PHOENIX_TLS_ENABLED", false);
        boolean http = reader.flag("PHOENIX_TLS_ENABLED_FOR_HTTP", general);
        boolean grpc = reader.flag("PHOENIX_TLS_ENABLED_FOR_GRPC", general);
        return new TlsSettings(
                http, grpc, http || grpc ? Optional.of(identity(reader)) : Optional.empty());
    }

    private static Identity identity(SettingsReader reader) {
        boolean verifyClient = reader.flag("PHOENIX_TLS_VERIFY_CLIENT", false);
        return new Identity(
                file(reader, "PHOENIX_TLS_CERT_FILE", "TLS is on"),
                file(reader, "PHOENIX_TLS_KEY_FILE", "TLS is on"),
                reader.text(PASSWORD).map(Secret::of),
                verifyClient
                        ? Optional.of(
                                file(
                                        reader,
                                        "PHOENIX_TLS_CA_FILE",
                                        "PHOENIX_TLS_VERIFY_CLIENT is TRUE"))
                        : Optional.empty());
    }

    private static Path file(SettingsReader reader, String name, String reason) {
        Path path =
                reader.text(name)
                        .map(Path::of)
                        .orElseThrow(
                                () ->
                                        new SettingsException(
                                                "%s must be set when %s: set it to the path of a PEM file."
                                                        .formatted(name, reason)));
        try {
            if (Files.isReadable(path) && Files.isRegularFile(path) && Files.size(path) > 0) {
                return path;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new SettingsException(
                "%s must be a PEM file that the server can read and that is not empty, was %s: correct the path or the rights of the file."
                        .formatted(name, path));
    }
}
