package dev.phoenix.server.mail;

import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.account.WelcomeMail;
import dev.phoenix.server.auth.session.PasswordResetMail;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** What people are told about their accounts. */
@Configuration(proxyBeanMethods = false)
@Conditional(SmtpConfigured.class)
class AccountMails {

    private final MailSender sender;
    private final Letters letters;

    AccountMails(MailSender sender, Letters letters) {
        this.sender = sender;
        this.letters = letters;
    }

    @Bean
    WelcomeMail welcomeMail() {
        return (user, link) ->
                send(user, address -> letters.welcome(address, user.username(), link));
    }

    @Bean
    PasswordResetMail passwordResetMail() {
        return (user, link) -> send(user, address -> letters.reset(address, link));
    }

    private void send(User user, Function<String, Letter> letter) {
        if (user.email() != null) {
            sender.send(letter.apply(user.email()));
        }
    }
}
