package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.account.User;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.stereotype.Component;

/** Keeps the mails of servers that are started while it is switched on. */
@Component
@Conditional(RecordedResetMail.SwitchedOn.class)
class RecordedResetMail implements PasswordResetMail {

    static final List<Sent> SENT = new CopyOnWriteArrayList<>();
    private static volatile boolean on;

    record Sent(String to, URI link) {}

    static void switchOn(boolean wanted) {
        on = wanted;
    }

    @Override
    public void send(User to, URI link) {
        SENT.add(new Sent(String.valueOf(to.email()), link));
    }

    static final class SwitchedOn implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return on;
        }
    }
}
