package dev.phoenix.server.ui;

import dev.phoenix.server.settings.UiSettings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The operator has not turned the web interface off, and the build has not left it out. */
final class BundleIsServed implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        UiSettings settings =
                Objects.requireNonNull(context.getBeanFactory()).getBean(UiSettings.class);
        return settings.enabled() && new ClassPathResource(Bundle.FOLDER + Bundle.PAGE).exists();
    }
}
