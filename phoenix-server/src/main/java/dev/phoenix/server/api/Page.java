package dev.phoenix.server.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some rows of a longer list; {@code next} is the row after them, if there is one. */
public record Page<T>(List<T> rows, @Nullable T next) {

    /** Takes what was fetched with one row more than asked for. */
    public static <T> Page<T> of(List<T> fetched, int limit) {
        return fetched.size() > limit
                ? new Page<>(fetched.subList(0, limit), fetched.get(limit))
                : new Page<>(fetched, null);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        List<R> mapped = rows.stream().<R>map(mapper).toList();
        return new Page<>(mapped, next == null ? null : mapper.apply(next));
    }

    /** The cursor of lists whose next page starts with the cursor's row. */
    public @Nullable String firstOfNext(Function<T, String> cursor) {
        return next == null ? null : cursor.apply(next);
    }

    /** The cursor of lists whose next page starts after the cursor's row. */
    public @Nullable String lastOfThis(Function<T, String> cursor) {
        return next == null ? null : cursor.apply(rows.getLast());
    }
}
