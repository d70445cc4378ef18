package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationRows.Row;
import dev.phoenix.server.annotation.PendingAnnotations.Pending;
import dev.phoenix.server.annotation.PendingAnnotations.Waiting;
import dev.phoenix.server.annotation.WaitingRoom.Taken;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.trace.Annotatable.Found;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One look at everything that waits: what can be attached is, and what waited too long is given up.
 * Servers on one database share the work by the rows they lock.
 */
@Component
class PendingPass {

    private static final int PAGE = 1000;

    private static final Logger log = LoggerFactory.getLogger(PendingPass.class);

    private final Database database;
    private final AnnotationTransactions transactions;
    private final KeyAllocator keys;
    private final Targets targets;
    private final PendingAnnotations pending;
    private final WaitingRoom room;
    private final AnnotationMetrics metrics;

    PendingPass(
            Database database,
            AnnotationTransactions transactions,
            KeyAllocator keys,
            Targets targets,
            PendingAnnotations pending,
            WaitingRoom room,
            AnnotationMetrics metrics) {
        this.database = database;
        this.transactions = transactions;
        this.keys = keys;
        this.targets = targets;
        this.pending = pending;
        this.room = room;
        this.metrics = metrics;
    }

    /** Lets everything wait a whole window from now on. */
    void extend(long nowNs) {
        transactions.run(
                connection -> {
                    pending.extend(connection, nowNs + PendingAnnotations.WINDOW.toNanos());
                    return true;
                });
    }

    void run(long nowNs) {
        Taken left = Taken.NOTHING;
        long last = 0;
        List<Waiting> page;
        do {
            page = pending.after(database.read(), last, PAGE);
            last = page.isEmpty() ? last : page.getLast().key();
            left = left.and(attachArrived(page, nowNs));
        } while (page.size() == PAGE);
        // Whatever arrived before the pass was found, so what is late by then came too late.
        room.counted(left.minus(expire(nowNs)));
    }

    /** Returns what is still waiting. */
    private Taken attachArrived(List<Waiting> page, long nowNs) {
        Map<Target, List<Waiting>> byTarget =
                page.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Waiting::target,
                                        () -> new EnumMap<>(Target.class),
                                        Collectors.toList()));
        Taken left = Taken.NOTHING;
        for (Map.Entry<Target, List<Waiting>> group : byTarget.entrySet()) {
            var ids = group.getValue().stream().map(Waiting::targetId).toList();
            var arrived = targets.findIds(database.read(), group.getKey(), ids).keySet();
            List<Long> ready = new ArrayList<>();
            for (Waiting waiting : group.getValue()) {
                if (arrived.contains(waiting.targetId())) {
                    ready.add(waiting.key());
                } else {
                    left = left.and(new Taken(1, waiting.bytes()));
                }
            }
            attach(group.getKey(), ready, nowNs);
        }
        return left;
    }

    /** What the database refuses goes alone, and waits until its time is over. */
    private void attach(Target target, List<Long> ready, long nowNs) {
        if (ready.isEmpty()) {
            return;
        }
        long firstKey = keys.reserve(target.table().getName(), ready.size());
        try {
            var annotated =
                    transactions.run(connection -> attach(connection, target, ready, firstKey));
            targets.changed(annotated.values(), Timestamps.instant(nowNs));
        } catch (DataAccessException e) {
            if (ready.size() == 1) {
                log.warn("An annotation of a {} cannot be stored: {}", target.noun(), e.sqlState());
            } else {
                ready.forEach(one -> attach(target, List.of(one), nowNs));
            }
        }
    }

    private Map<String, Found> attach(
            DSLContext connection, Target target, List<Long> ready, long firstKey) {
        List<Pending> claimed = pending.claim(connection, ready);
        Map<String, Found> found =
                targets.find(connection, target, claimed.stream().map(Pending::draft).toList());
        TreeMap<Slot<Long>, Row> rows = new TreeMap<>();
        List<Long> done = new ArrayList<>();
        int withoutDocument = 0;
        for (Pending waiting : claimed) {
            Draft draft = waiting.draft();
            Found annotated = found.get(draft.targetId());
            if (annotated == null) {
                continue;
            }
            done.add(waiting.key());
            if (draft.fits(target, annotated)) {
                rows.put(
                        draft.slot(annotated.key()),
                        new Row(draft.content(), waiting.receivedAtNs()));
            } else {
                withoutDocument++;
            }
        }
        AnnotationRows.putIfNewer(connection, target, rows, firstKey);
        pending.remove(connection, done);
        metrics.withoutDocument(withoutDocument);
        return found;
    }

    private Taken expire(long nowNs) {
        Map<Target, Integer> counts = new EnumMap<>(Target.class);
        Taken all = Taken.NOTHING;
        List<Pending> expired;
        do {
            expired = transactions.run(connection -> expire(connection, nowNs));
            all = all.and(Taken.by(expired.stream().map(Pending::draft).toList()));
            expired.forEach(given -> counts.merge(given.target(), 1, Integer::sum));
        } while (expired.size() == PAGE);
        counts.forEach(metrics::expired);
        if (!counts.isEmpty()) {
            log.warn(
                    "Gave up {} annotations: what they annotate did not arrive within {} minutes; {}",
                    all.annotations(),
                    PendingAnnotations.WINDOW.toMinutes(),
                    counts);
        }
        return all;
    }

    private List<Pending> expire(DSLContext connection, long nowNs) {
        List<Pending> expired = pending.claimExpired(connection, nowNs, PAGE);
        pending.remove(connection, expired.stream().map(Pending::key).toList());
        return expired;
    }
}
