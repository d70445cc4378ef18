package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How much waits, as far as this server knows: what it counted last and what it accepted since. A
 * second server on the same database may overshoot the bounds by what it accepts between two
 * counts.
 */
@Component
class WaitingRoom {

    static final long MAX_ANNOTATIONS = 100_000;
    static final long MAX_BYTES = 128L << 20;

    private final AtomicReference<Taken> taken = new AtomicReference<>(Taken.NOTHING);

    WaitingRoom(AnnotationMetrics metrics) {
        metrics.pending(() -> taken.get().annotations);
    }

    /** Some of the room. */
    record Taken(long annotations, long bytes) {

        static final Taken NOTHING = new Taken(0, 0);

        static Taken by(List<Draft> drafts) {
            return new Taken(drafts.size(), drafts.stream().mapToLong(Draft::bytes).sum());
        }

        Taken and(Taken more) {
            return new Taken(annotations + more.annotations, bytes + more.bytes);
        }

        Taken minus(Taken less) {
            return new Taken(
                    Math.max(0, annotations - less.annotations), Math.max(0, bytes - less.bytes));
        }
    }

    void counted(Taken all) {
        taken.set(all);
    }

    void add(Taken more) {
        taken.accumulateAndGet(more, Taken::and);
    }

    boolean isEmpty() {
        return taken.get().annotations == 0;
    }

    boolean has(Taken wanted) {
        Taken then = taken.get().and(wanted);
        return then.annotations <= MAX_ANNOTATIONS && then.bytes <= MAX_BYTES;
    }

    static ApiException full() {
        return new ApiException(
                HttpStatus.SERVICE_UNAVAILABLE,
                """
                too many annotations wait for spans, traces or sessions that were not received; at most \
                %d of %d MiB together wait, for 10 minutes each; send the spans first or retry later"""
                        .formatted(MAX_ANNOTATIONS, MAX_BYTES >> 20));
    }
}
