package dev.phoenix.server.auth.account;

import java.net.URI;

/** Tells people that they have an account; there is none where no mail can be sent. */
public interface WelcomeMail {

    /** Blocks until the mail server has the mail; a failure is the sender's to log. */
    void send(User to, URI link);
}
