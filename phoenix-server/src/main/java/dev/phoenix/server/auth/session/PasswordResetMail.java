package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.account.User;
import java.net.URI;

/** Sends people the link to choose a new password; there is none where no mail can be sent. */
public interface PasswordResetMail {

    /** Blocks until the mail server has the mail; a failure is the sender's to log. */
    void send(User to, URI link);
}
