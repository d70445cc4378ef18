package dev.phoenix.server.filter;

import dev.phoenix.server.filter.Needs.Named;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What is joined to the row to be chosen.
 *
 * @param attributes of the span, or of the root span; null where they are not joined
 */
record Beside(@Nullable Field<String> attributes, Map<Named, Table<?>> annotations) {

    static final Beside NOTHING = new Beside(null, Map.of());
}
