package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which dialects the names in a span point to. Looked at for every attribute of every span, hence
 * by the first character.
 */
final class Evidence {

    /** Applications have a few hundred names. */
    private static final int NAMES = 2048;

    private static final int LONGEST_NAME = 120;

    private final Start[][] attributes;
    private final TextMemo<Long> ofAttributes;
    private final Start[][] events;
    private final Map<String, Long> scopes = new HashMap<>();

    Evidence(List<Dialect> dialects) {
        if (dialects.size() > Long.SIZE) {
            throw new IllegalArgumentException("more dialects than bits: " + dialects.size());
        }
        attributes = byFirst(dialects, Dialect::evidence);
        ofAttributes = new TextMemo<>(NAMES, LONGEST_NAME, name -> of(attributes, name));
        events = byFirst(dialects, Dialect::eventEvidence);
        for (int i = 0; i < dialects.size(); i++) {
            for (String scope : dialects.get(i).scopeEvidence()) {
                scopes.merge(scope, 1L << i, (one, other) -> one | other);
            }
        }
    }

    long ofAttribute(String name) {
        return ofAttributes.of(name);
    }

    long ofEvent(String name) {
        return of(events, name);
    }

    long ofScope(String name) {
        return scopes.getOrDefault(name, 0L);
    }

    private static long of(Start[][] starts, String name) {
        if (name.isEmpty() || name.charAt(0) >= starts.length) {
            return 0;
        }
        long found = 0;
        for (Start start : starts[name.charAt(0)]) {
            if (name.startsWith(start.text)) {
                found |= start.dialects;
            }
        }
        return found;
    }

    private static Start[][] byFirst(
            List<Dialect> dialects, Function<Dialect, List<String>> evidence) {
        List<List<Start>> starts = new ArrayList<>();
        for (int c = 0; c < 128; c++) {
            starts.add(new ArrayList<>());
        }
        for (int i = 0; i < dialects.size(); i++) {
            for (String text : evidence.apply(dialects.get(i))) {
                starts.get(text.charAt(0)).add(new Start(text, 1L << i));
            }
        }
        return starts.stream().map(list -> list.toArray(Start[]::new)).toArray(Start[][]::new);
    }

    private record Start(String text, long dialects) {}
}
