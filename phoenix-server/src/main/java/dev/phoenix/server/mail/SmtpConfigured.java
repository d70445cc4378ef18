package dev.phoenix.server.mail;

import dev.phoenix.server.settings.MailSettings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The operator has named a mail server. */
final class SmtpConfigured implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MailSettings settings =
                Objects.requireNonNull(context.getBeanFactory()).getBean(MailSettings.class);
        return settings.smtp().isPresent();
    }
}
