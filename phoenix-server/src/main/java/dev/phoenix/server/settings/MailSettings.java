package dev.phoenix.server.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How mail is sent.
 *
 * @param smtp the server that takes it; without one no mail is sent
 * @param supportAddress whom to ask for help, told to people and copied on warnings
 */
public record MailSettings(Optional<Smtp> smtp, Optional<String> supportAddress) {

    /** Without blanks, line breaks and anything else that could end an address early. */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\]+@[^\\s@<>,;:\"()\\[\\]\\\\]+");

    /**
     * A mail server.
     *
     * @param credentials none where the server relays for this machine without asking
     * @param sender the address mail comes from
     * @param validateCertificates false encrypts without knowing for whom
     */
    public record Smtp(
            String host,
            int port,
            Optional<Credentials> credentials,
            String sender,
            boolean validateCertificates) {}

    public record Credentials(String username, Secret password) {}

    static MailSettings read(SettingsReader reader) {
        Optional<Credentials> credentials = credentials(reader);
        int port = reader.integer("PHOENIX_SMTP_PORT", 587, 1, 65535);
        String sender =
                address(reader, "PHOENIX_SMTP_MAIL_FROM")
                        .orElseGet(() -> "noreply@" + host(reader));
        boolean validate = reader.flag("PHOENIX_SMTP_VALIDATE_CERTS", true);
        return new MailSettings(
                reader.text("PHOENIX_SMTP_HOSTNAME")
                        .map(host -> new Smtp(host, port, credentials, sender, validate)),
                address(reader, "PHOENIX_SUPPORT_EMAIL"));
    }

    /** Where replies would go if anybody wrote one: the server's own name, if it has one. */
    private static String host(SettingsReader reader) {
        return reader.url("PHOENIX_ROOT_URL").map(url -> url.getHost()).orElse("localhost");
    }

    private static Optional<Credentials> credentials(SettingsReader reader) {
        Optional<String> username = reader.text("PHOENIX_SMTP_USERNAME");
        Optional<String> password = reader.text("PHOENIX_SMTP_PASSWORD");
        if (username.isPresent() != password.isPresent()) {
            throw new SettingsException(
                    "PHOENIX_SMTP_USERNAME and PHOENIX_SMTP_PASSWORD belong together, only PHOENIX_SMTP_%s is set: set both, or neither for a server that asks for none."
                            .formatted(username.isPresent() ? "USERNAME" : "PASSWORD"));
        }
        return username.map(name -> new Credentials(name, Secret.of(password.orElseThrow())));
    }

    private static Optional<String> address(SettingsReader reader, String name) {
        Optional<String> address = reader.text(name);
        address.filter(value -> !ADDRESS.matcher(value).matches())
                .ifPresent(
                        value -> {
                            throw new SettingsException(
                                    "%s must be a mail address, was '%s': write it like phoenix@example.com."
                                            .formatted(name, value));
                        });
        return address;
    }
}
