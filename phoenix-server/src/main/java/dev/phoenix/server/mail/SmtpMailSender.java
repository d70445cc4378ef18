package dev.phoenix.server.mail;

import dev.phoenix.server.settings.MailSettings;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Sends letters through the configured mail server. */
@Component
@Conditional(SmtpConfigured.class)
final class SmtpMailSender implements MailSender {

    private static final Logger log = LoggerFactory.getLogger(SmtpMailSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SmtpServer server;

    SmtpMailSender(MailSettings settings, InstantSource clock) {
        this.server = new SmtpServer(settings.smtp().orElseThrow(), TIMEOUT, clock);
    }

    /** What a mail server answers may name the recipient or echo a link, so it is not repeated. */
    @Override
    public void send(Letter letter) {
        try {
            server.deliver(letter);
        } catch (MessagingException | RuntimeException e) {
            log.warn(
                    "'{}' could not be sent through {} ({}): check PHOENIX_SMTP_*, and that the server offers TLS",
                    letter.subject(),
                    server,
                    e.getClass().getSimpleName());
        }
    }
}
