package dev.phoenix.server.annotation;

import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.WireEnum;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order in which GraphQL shows the annotations of a target. */
record AnnotationSort(Column col, SortDirection dir) {

    private static final Comparator<Annotation> OLDEST_FIRST =
            Comparator.comparing(Annotation::createdAt).thenComparingLong(Annotation::key);

    enum Column implements WireEnum {
        CREATED_AT("createdAt", OLDEST_FIRST),
        NAME("name", Comparator.comparing(Annotation::name).thenComparing(OLDEST_FIRST));

        private final String wireName;
        private final Comparator<Annotation> order;

        Column(String wireName, Comparator<Annotation> order) {
            this.wireName = wireName;
            this.order = order;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    static Comparator<Annotation> order(@Nullable AnnotationSort sort) {
        if (sort == null) {
            return OLDEST_FIRST.reversed();
        }
        return sort.dir.descending() ? sort.col.order.reversed() : sort.col.order;
    }
}
