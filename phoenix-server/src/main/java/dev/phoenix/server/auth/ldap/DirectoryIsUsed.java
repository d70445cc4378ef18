package dev.phoenix.server.auth.ldap;

import dev.phoenix.server.settings.AuthSettings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Callers must say who they are, and may do so with the name of a directory. */
final class DirectoryIsUsed implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        AuthSettings settings =
                Objects.requireNonNull(context.getBeanFactory()).getBean(AuthSettings.class);
        return settings.enabled() && settings.ldap();
    }
}
