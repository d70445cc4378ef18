package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationRows.Row;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.trace.Annotatable.Found;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;

/** Stores annotations of what is stored: all of a request or nothing. */
@Service
class AnnotationWriter {

    private final AnnotationTransactions transactions;
    private final KeyAllocator keys;
    private final Targets targets;
    private final InstantSource clock;

    AnnotationWriter(
            AnnotationTransactions transactions,
            KeyAllocator keys,
            Targets targets,
            InstantSource clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * Returns when everything is committed.
     *
     * @return the ids of the annotations in the order of the drafts
     * @throws ApiException 404 if something that is annotated is not stored, 422 for a document
     *     that its span does not have
     */
    List<String> write(Target target, List<Draft> drafts, Author author) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        long firstKey = keys.reserve(target.table().getName(), drafts.size());
        Instant now = clock.instant();
        Written written =
                transactions.run(
                        database -> write(database, target, drafts, firstKey, now, author));
        refuseMissing(target, drafts, written.found);
        drafts.forEach(draft -> refuseWithoutDocument(target, draft, written.of(draft)));
        targets.changed(written.found.values(), now);
        return drafts.stream()
                .map(draft -> draft.slot(written.of(draft).key()))
                .map(slot -> target.id(Objects.requireNonNull(written.keys.get(slot))))
                .toList();
    }

    /**
     * @param keys empty if there was something to refuse
     */
    private record Written(Map<String, Found> found, Map<Slot<Long>, Long> keys) {

        Found of(Draft draft) {
            return Objects.requireNonNull(found.get(draft.targetId()));
        }
    }

    private Written write(
            DSLContext database,
            Target target,
            List<Draft> drafts,
            long firstKey,
            Instant now,
            Author author) {
        Map<String, Found> found = targets.find(database, target, drafts);
        TreeMap<Slot<Long>, Row> rows = new TreeMap<>();
        for (Draft draft : drafts) {
            Found annotated = found.get(draft.targetId());
            if (annotated == null || !draft.fits(target, annotated)) {
                return new Written(found, Map.of());
            }
            rows.put(draft.slot(annotated.key()), new Row(draft.content(), Nanos.of(now)));
        }
        AnnotationRows.put(database, target, rows, firstKey, author);
        return new Written(found, AnnotationRows.keys(database, target, rows.keySet()));
    }

    private static void refuseMissing(Target target, List<Draft> drafts, Map<String, Found> found) {
        List<String> missing =
                drafts.stream()
                        .map(Draft::targetId)
                        .distinct()
                        .filter(id -> !found.containsKey(id))
                        .toList();
        if (!missing.isEmpty()) {
            throw ApiException.notFound(
                    "no %s has the id %s".formatted(target.noun(), String.join(", ", missing)));
        }
    }

    private static void refuseWithoutDocument(Target target, Draft draft, Found span) {
        if (!draft.fits(target, span)) {
            throw ApiException.unprocessable(
                    "document_position must be at least 0 and below %d, the number of documents of span %s, was %d"
                            .formatted(span.documentCount(), draft.targetId(), draft.position()));
        }
    }
}
