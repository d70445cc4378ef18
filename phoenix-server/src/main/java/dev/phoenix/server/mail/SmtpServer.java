package dev.phoenix.server.mail;

import dev.phoenix.server.settings.MailSettings.Credentials;
import dev.phoenix.server.settings.MailSettings.Smtp;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters to the mail server, encrypted or not at all: by asking for TLS on a plain
 * connection where the server speaks first, else by speaking TLS from the first byte, and the other
 * way if that fails.
 */
final class SmtpServer {

    /** A server that has not greeted by then seems to wait for TLS. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    private enum Encryption {
        STARTTLS,
        IMPLICIT
    }

    private final Smtp smtp;
    private final Duration timeout;
    private final InstantSource clock;

    /** What worked last: the other way costs a timeout each time. */
    private volatile @Nullable Encryption first;

    SmtpServer(Smtp smtp, Duration timeout, InstantSource clock) {
        this.smtp = smtp;
        this.timeout = timeout;
        this.clock = clock;
    }

    void deliver(Letter letter) throws MessagingException {
        Encryption known = first;
        Encryption tried = known == null ? guess() : known;
        try {
            deliver(letter, tried);
            first = tried;
        } catch (AuthenticationFailedException | SendFailedException | AddressException e) {
            // The server was understood, and said no.
            throw e;
        } catch (MessagingException e) {
            Encryption other =
                    tried == Encryption.STARTTLS ? Encryption.IMPLICIT : Encryption.STARTTLS;
            try {
                deliver(letter, other);
            } catch (MessagingException alsoFailed) {
                e.addSuppressed(alsoFailed);
                throw e;
            }
            first = other;
        }
    }

    private Encryption guess() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(smtp.host(), smtp.port()),
                    Math.toIntExact(timeout.toMillis()));
            Duration greeting = GREETING.compareTo(timeout) < 0 ? GREETING : timeout;
            socket.setSoTimeout(Math.toIntExact(greeting.toMillis()));
            return socket.getInputStream().read() < 0 ? Encryption.IMPLICIT : Encryption.STARTTLS;
        } catch (SocketTimeoutException e) {
            return Encryption.IMPLICIT;
        } catch (IOException e) {
            return Encryption.STARTTLS;
        }
    }

    private void deliver(Letter letter, Encryption encryption) throws MessagingException {
        Session session = Session.getInstance(properties(encryption), authenticator());
        Transport.send(message(letter, session));
    }

    private Properties properties(Encryption encryption) {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", smtp.host());
        properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.mime.allowutf8", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.credentials().isPresent()));
        switch (encryption) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        properties.setProperty(
                "mail.smtp.ssl.checkserveridentity", Boolean.toString(smtp.validateCertificates()));
        if (!smtp.validateCertificates()) {
            properties.setProperty("mail.smtp.ssl.trust", "*");
        }
        return properties;
    }

    private @Nullable Authenticator authenticator() {
        Optional<Credentials> credentials = smtp.credentials();
        if (credentials.isEmpty()) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        credentials.get().username(), credentials.get().password().reveal());
            }
        };
    }

    private Message message(Letter letter, Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(address(smtp.sender()));
        for (String recipient : letter.recipients()) {
            message.addRecipient(Message.RecipientType.TO, address(recipient));
        }
        if (letter.copy().isPresent()) {
            message.addRecipient(Message.RecipientType.CC, address(letter.copy().get()));
        }
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // Nobody's vacation notice shall answer a program.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(letter.html(), StandardCharsets.UTF_8.name(), "html");
        return message;
    }

    /** One address and nothing else: no name, no list, no second line. */
    private static InternetAddress address(String text) throws AddressException {
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "<>,;:\"()[]\\".indexOf(c) >= 0)) {
            throw new AddressException("not a mail address");
        }
        InternetAddress address = new InternetAddress(text, false);
        address.validate();
        return address;
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(smtp.host().toLowerCase(Locale.ROOT), smtp.port());
    }
}
