package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.OidcSettings;
import dev.phoenix.server.settings.PasswordSettings;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Nobody can log in with a password, and one provider is to be asked unasked. */
final class AutoLogin implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
        return beans.getBean(AuthSettings.class).enabled()
                && !beans.getBean(PasswordSettings.class).enabled()
                && beans.getBean(OidcSettings.class).autoLogin().isPresent();
    }
}
