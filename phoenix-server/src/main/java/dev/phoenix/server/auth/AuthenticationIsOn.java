package dev.phoenix.server.auth;

import dev.phoenix.server.settings.AuthSettings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** For what exists only where callers must say who they are. */
public final class AuthenticationIsOn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Objects.requireNonNull(context.getBeanFactory())
                .getBean(AuthSettings.class)
                .enabled();
    }
}
