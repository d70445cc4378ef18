package dev.phoenix.server.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every secret of the settings, found by its type, so that none is forgotten. */
public final class SecretValues {

    private SecretValues() {}

    public static List<Secret> of(Settings settings) {
        List<Secret> found = new ArrayList<>();
        collect(settings, found);
        return found;
    }

    private static void collect(@Nullable Object value, List<Secret> found) {
        switch (value) {
            case Secret secret -> found.add(secret);
            case Optional<?> optional -> optional.ifPresent(inner -> collect(inner, found));
            case Collection<?> list -> list.forEach(inner -> collect(inner, found));
            case Record part -> {
                for (RecordComponent component : part.getClass().getRecordComponents()) {
                    collect(component(part, component), found);
                }
            }
            case null, default -> {}
        }
    }

    private static @Nullable Object component(Record part, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(part);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("settings are plain records", e);
        }
    }
}
