package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationRows.Row;
import dev.phoenix.server.annotation.WaitingRoom.Taken;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.trace.Annotatable.Found;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes annotations whether or not what they annotate has arrived; nothing taken is lost. */
@Service
class AnnotationInbox {

    /** Small enough to let other writers of SQLite in between. */
    private static final int MAX_PART = 1000;

    private static final Logger log = LoggerFactory.getLogger(AnnotationInbox.class);

    private final AnnotationTransactions transactions;
    private final KeyAllocator keys;
    private final Targets targets;
    private final PendingAnnotations pending;
    private final WaitingRoom room;
    private final PendingResolver resolver;
    private final AnnotationMetrics metrics;
    private final InstantSource clock;

    AnnotationInbox(
            AnnotationTransactions transactions,
            KeyAllocator keys,
            Targets targets,
            PendingAnnotations pending,
            WaitingRoom room,
            PendingResolver resolver,
            AnnotationMetrics metrics,
            InstantSource clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.targets = targets;
        this.pending = pending;
        this.room = room;
        this.resolver = resolver;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Returns when everything is committed; repeating the call after a failure is safe.
     *
     * @throws ApiException 503 if too many wait already
     */
    void accept(Target target, List<Draft> drafts, Author author) {
        for (int from = 0; from < drafts.size(); from += MAX_PART) {
            acceptPart(
                    target, drafts.subList(from, Math.min(from + MAX_PART, drafts.size())), author);
        }
    }

    private void acceptPart(Target target, List<Draft> drafts, Author author) {
        long firstKey = keys.reserve(target.table().getName(), drafts.size());
        long firstPending = keys.reserve("pending_annotations", drafts.size());
        Instant now = clock.instant();
        Sorted sorted =
                transactions.run(
                        database -> {
                            Sorted parts = sort(database, target, drafts, Nanos.of(now));
                            if (parts.fits) {
                                AnnotationRows.put(database, target, parts.rows, firstKey, author);
                                pending.put(
                                        database,
                                        target,
                                        parts.waiting,
                                        firstPending,
                                        Nanos.of(now),
                                        author);
                            }
                            return parts;
                        });
        if (!sorted.fits) {
            throw WaitingRoom.full();
        }
        report(sorted);
        targets.changed(sorted.found.values(), now);
    }

    /**
     * What becomes of some drafts.
     *
     * @param fits whether there is room for those that wait
     */
    private record Sorted(
            Map<String, Found> found,
            TreeMap<Slot<Long>, Row> rows,
            List<Draft> waiting,
            int withoutDocument,
            boolean fits) {}

    private Sorted sort(DSLContext database, Target target, List<Draft> drafts, long nowNs) {
        Map<String, Found> found = targets.find(database, target, drafts);
        TreeMap<Slot<Long>, Row> rows = new TreeMap<>();
        TreeMap<Slot<String>, Draft> missing = new TreeMap<>();
        int withoutDocument = 0;
        for (Draft draft : drafts) {
            Found annotated = found.get(draft.targetId());
            if (draft.position() < 0 || annotated != null && !draft.fits(target, annotated)) {
                withoutDocument++;
            } else if (annotated == null) {
                missing.put(draft.slot(), draft);
            } else {
                rows.put(draft.slot(annotated.key()), new Row(draft.content(), nowNs));
            }
        }
        List<Draft> waiting = List.copyOf(missing.values());
        boolean fits = waiting.isEmpty() || room.has(Taken.by(waiting));
        return new Sorted(found, rows, waiting, withoutDocument, fits);
    }

    private void report(Sorted sorted) {
        metrics.withoutDocument(sorted.withoutDocument);
        if (sorted.withoutDocument > 0) {
            log.warn(
                    "Discarded {} document annotations: their spans have no document at the position",
                    sorted.withoutDocument);
        }
        if (!sorted.waiting.isEmpty()) {
            room.add(Taken.by(sorted.waiting));
            resolver.lookSoon();
        }
    }
}
