package dev.phoenix.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.phoenix.server.settings.MailSettings.Credentials;
import dev.phoenix.server.settings.MailSettings.Smtp;
import dev.phoenix.server.settings.Secret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {

    private static final Duration SOON = Duration.ofMillis(500);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Letter LETTER =
            new Letter(
                    List.of("ann@example.com", "bob@example.com"),
                    Optional.of("help@example.com"),
                    "Grüße",
                    "<p id=\"x\">Hello Zoë</p>");

    @Test
    void startTls_carriesEverythingButTheGreeting() throws Exception {
        try (StartTlsMailServer server = StartTlsMailServer.start(true)) {
            client(server.port(), Optional.empty(), false).deliver(LETTER);
            assertThat(server.plain).allMatch(line -> line.matches("EHLO .*|STARTTLS"));
            assertThat(server.encrypted)
                    .contains("RCPT TO:<ann@example.com>", "RCPT TO:<help@example.com>");
        }
    }

    @Test
    void startTlsRefused_sendsNothingInTheClear() throws Exception {
        try (StartTlsMailServer server = StartTlsMailServer.start(false)) {
            SmtpServer client = client(server.port(), Optional.of("pw"), false);
            assertThatThrownBy(() -> client.deliver(LETTER)).isInstanceOf(MessagingException.class);
            assertThat(server.plain).noneMatch(line -> line.matches("(AUTH|MAIL|RCPT|DATA).*"));
        }
    }

    @Test
    void serverWithoutTls_getsNothing() {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTP);
        try {
            SmtpServer client = client(server.getSmtp().getPort(), Optional.empty(), false);
            assertThatThrownBy(() -> client.deliver(LETTER)).isInstanceOf(MessagingException.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void tlsFromTheFirstByte_isTriedNext() throws Exception {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
        try {
            SmtpServer client = client(server.getSmtps().getPort(), Optional.of("pw"), false);
            client.deliver(LETTER);
            client.deliver(LETTER);
            assertThat(server.waitForIncomingEmail(5000, 6)).isTrue();
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getFrom()[0]).hasToString("phoenix@example.com");
            assertThat(mail.getRecipients(RecipientType.TO))
                    .extracting(Object::toString)
                    .containsExactly("ann@example.com", "bob@example.com");
            assertThat(mail.getRecipients(RecipientType.CC))
                    .extracting(Object::toString)
                    .containsExactly("help@example.com");
            assertThat(mail.getSubject()).isEqualTo("Grüße");
            assertThat(mail.getSentDate()).isEqualTo(NOW);
            assertThat(mail.getContentType()).startsWith("text/html");
            assertThat(mail.getContent().toString().strip()).isEqualTo(LETTER.html());
        } finally {
            server.stop();
        }
    }

    @Test
    void unknownCertificate_isRefused() {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
        try {
            SmtpServer client = client(server.getSmtps().getPort(), Optional.empty(), true);
            assertThatThrownBy(() -> client.deliver(LETTER)).isInstanceOf(MessagingException.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void wrongPassword_isNotTriedTwice() {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
        try {
            SmtpServer client = client(server.getSmtps().getPort(), Optional.of("wrong"), false);
            assertThatThrownBy(() -> client.deliver(LETTER))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(AuthenticationFailedException.class),
                            e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com\r\nBcc: eve@evil.example",
                "ann@example.com\nSubject: other",
                "ann@example.com, eve@evil.example",
                "Ann <ann@example.com>",
                "<ann@example.com>",
                "\"ann\n eve\"@example.com",
                "ann@example.com\u0000",
                "ann"
            })
    void addressThatIsMore_isRefused(String address) throws Exception {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
        try {
            SmtpServer client = client(server.getSmtps().getPort(), Optional.empty(), false);
            Letter letter = new Letter(List.of(address), Optional.empty(), "x", "x");
            assertThatThrownBy(() -> client.deliver(letter)).isInstanceOf(MessagingException.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void subjectWithLineBreaks_staysOneHeader() throws Exception {
        GreenMail server = greenMail(ServerSetup.PROTOCOL_SMTPS);
        try {
            client(server.getSmtps().getPort(), Optional.empty(), false)
                    .deliver(
                            new Letter(
                                    List.of("ann@example.com"),
                                    Optional.empty(),
                                    "x\r\nBcc: eve@evil.example\r\n\r\nbody",
                                    "<p>x</p>"));
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(mail.getContent().toString().strip()).isEqualTo("<p>x</p>");
        } finally {
            server.stop();
        }
    }

    @Test
    @Timeout(10)
    void silentServer_isGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            SmtpServer client = client(silent.getLocalPort(), Optional.empty(), false);
            assertThatThrownBy(() -> client.deliver(LETTER)).isInstanceOf(MessagingException.class);
        }
    }

    private static GreenMail greenMail(String protocol) {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.setUser("ann", "pw");
        server.start();
        return server;
    }

    private static SmtpServer client(int port, Optional<String> password, boolean validate) {
        Smtp smtp =
                new Smtp(
                        "localhost",
                        port,
                        password.map(word -> new Credentials("ann", Secret.of(word))),
                        "phoenix@example.com",
                        validate);
        return new SmtpServer(smtp, SOON, () -> NOW);
    }
}
