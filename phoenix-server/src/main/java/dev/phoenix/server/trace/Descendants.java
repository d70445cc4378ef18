package dev.phoenix.server.trace;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The spans below spans, for several at once: one query for each level. Of a level at most as many
 * are looked at as a page may have, the first to start, and below them the next.
 */
@Service
class Descendants {

    private static final int DEEPEST = 20;

    private static final Comparator<Span> BY_START =
            Comparator.comparingLong(Span::startNs).thenComparingLong(Span::key);

    private final SpanReader spans;

    Descendants(SpanReader spans) {
        this.spans = spans;
    }

    /** What is asked for below a span. */
    record Wanted(Span root, Terms terms) {}

    record Terms(int maxDepth, ConnectionRange page) {

        Terms {
            if (maxDepth < 1 || maxDepth > DEEPEST) {
                throw ApiException.badRequest(
                        "maxDepth must be 1..%d, was %d".formatted(DEEPEST, maxDepth));
            }
        }

        /** How many spans of a level are looked at. */
        private int mostOfLevel() {
            boolean fromTheStart = page.after() == null && !page.backwards();
            return (fromTheStart ? page.limit() : Connection.LARGEST_PAGE) + 1;
        }

        private boolean shows(Span span) {
            return (page.after() == null || compare(span, page.after()) > 0)
                    && (page.before() == null || compare(span, page.before()) < 0);
        }

        private static int compare(Span span, String text) {
            Cursor cursor = Cursor.parse(text, SortKey.DATETIME);
            int byStart = Long.compare(span.startNs(), (Long) cursor.value());
            return byStart == 0 ? Long.compare(span.key(), cursor.key()) : byStart;
        }
    }

    Map<Wanted, Connection<Span>> of(Collection<Wanted> wanted) {
        Map<Wanted, Connection<Span>> found = new HashMap<>();
        wanted.stream()
                .collect(
                        Collectors.groupingBy(
                                Wanted::terms,
                                Collectors.mapping(Wanted::root, Collectors.toList())))
                .forEach(
                        (terms, roots) ->
                                below(roots, terms)
                                        .forEach(
                                                (root, list) ->
                                                        found.put(
                                                                new Wanted(root, terms),
                                                                page(list, terms))));
        return found;
    }

    private Map<Span, List<Span>> below(List<Span> roots, Terms terms) {
        Map<Span, List<Span>> found = new HashMap<>();
        Map<Span, List<Span>> level = new HashMap<>();
        Map<Span, Set<Long>> seen = new HashMap<>();
        for (Span root : roots) {
            found.put(root, new ArrayList<>());
            level.put(root, List.of(root));
            seen.put(root, new HashSet<>(Set.of(root.key())));
        }
        for (int depth = 0; depth < terms.maxDepth && !level.isEmpty(); depth++) {
            Set<Span> parents =
                    level.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            Map<Place, List<Span>> children =
                    spans.children(parents, terms.mostOfLevel() * mostInOneTrace(roots)).stream()
                            .sorted(BY_START)
                            .collect(
                                    Collectors.groupingBy(
                                            span -> new Place(span.traceKey(), span.parentId())));
            Map<Span, List<Span>> next = new HashMap<>();
            level.forEach(
                    (root, above) -> {
                        List<Span> below =
                                above.stream()
                                        .flatMap(
                                                parent ->
                                                        children
                                                                .getOrDefault(
                                                                        new Place(
                                                                                parent.traceKey(),
                                                                                parent.spanId()),
                                                                        List.of())
                                                                .stream())
                                        .filter(span -> known(seen, root).add(span.key()))
                                        .sorted(BY_START)
                                        .limit(terms.mostOfLevel())
                                        .toList();
                        if (!below.isEmpty()) {
                            known(found, root).addAll(below);
                            next.put(root, below);
                        }
                    });
            level = next;
        }
        return found;
    }

    /** Where a child hangs. */
    private record Place(long traceKey, @Nullable String parentId) {}

    private static <V> V known(Map<Span, V> byRoot, Span root) {
        V value = byRoot.get(root);
        if (value == null) {
            throw new IllegalStateException("no root " + root);
        }
        return value;
    }

    private static int mostInOneTrace(List<Span> roots) {
        return roots.stream()
                .collect(Collectors.groupingBy(Span::traceKey, Collectors.counting()))
                .values()
                .stream()
                .mapToInt(Long::intValue)
                .max()
                .orElse(1);
    }

    private static Connection<Span> page(List<Span> list, Terms terms) {
        List<Listed<Span>> rows =
                list.stream()
                        .filter(terms::shows)
                        .sorted(terms.page.backwards() ? BY_START.reversed() : BY_START)
                        .limit(terms.page.limit() + 1L)
                        .map(span -> new Listed<>(span, cursor(span)))
                        .toList();
        return terms.page.connection(Page.of(rows, terms.page.limit()));
    }

    private static String cursor(Span span) {
        return new Cursor(span.key(), SortKey.DATETIME, span.startNs()).encode();
    }
}
