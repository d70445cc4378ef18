package dev.phoenix.server.auth.oidc;

import io.burt.jmespath.Expression;
import io.burt.jmespath.jcf.JcfRuntime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where in a provider's claims something is, as a JMESPath expression. */
final class ClaimPath {

    private static final Logger log = LoggerFactory.getLogger(ClaimPath.class);

    private final String path;
    private final Expression<Object> expression;

    ClaimPath(String path) {
        this.path = path;
        this.expression = new JcfRuntime().compile(path);
    }

    /** All texts there, in order; numbers and truth values are texts too, objects are not. */
    List<String> values(Map<String, Object> claims) {
        Object found = search(claims);
        Stream<?> values =
                found instanceof List<?> list
                        ? list.stream()
                        : Stream.of(found).filter(Objects::nonNull);
        return values.flatMap(value -> text(value).stream()).toList();
    }

    Optional<String> first(Map<String, Object> claims) {
        return values(claims).stream().findFirst();
    }

    private @Nullable Object search(Map<String, Object> claims) {
        try {
            return expression.search(claims);
        } catch (RuntimeException e) {
            log.warn("{} cannot be applied to the claims: {}", path, e.getClass().getSimpleName());
            return null;
        }
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
