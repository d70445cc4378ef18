package dev.phoenix.server.annotation;

import java.util.Comparator;

/**
 * What there is at most one annotation for. Ordered, so that all writers lock rows in one order.
 *
 * @param target the key of what is annotated, or its id as long as the key is unknown
 */
record Slot<T extends Comparable<T>>(T target, int position, String name, String identifier)
        implements Comparable<Slot<T>> {

    @Override
    public int compareTo(Slot<T> other) {
        return Comparator.<Slot<T>, T>comparing(Slot::target)
                .thenComparingInt(Slot::position)
                .thenComparing(Slot::name)
                .thenComparing(Slot::identifier)
                .compare(this, other);
    }
}
