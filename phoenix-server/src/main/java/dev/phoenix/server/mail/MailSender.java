package dev.phoenix.server.mail;

/** Sends mail. There is no such bean where no mail server is configured. */
public interface MailSender {

    /** Blocks until the mail server has the letter, or the log says why it has not. */
    void send(Letter letter);
}
