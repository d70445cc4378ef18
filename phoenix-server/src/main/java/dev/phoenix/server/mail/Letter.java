package dev.phoenix.server.mail;

import java.util.List;
import java.util.Optional;

/**
 * One mail.
 *
 * @param copy who reads it besides those it is addressed to
 * @param html a whole document
 */
public record Letter(List<String> recipients, Optional<String> copy, String subject, String html) {

    public Letter {
        recipients = List.copyOf(recipients);
    }
}
