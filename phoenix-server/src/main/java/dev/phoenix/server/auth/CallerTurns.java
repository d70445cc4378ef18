package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets a caller have some requests worked on at once; more of them wait in the order they came,
 * each on a virtual thread. A flood by one caller thereby delays that caller, and leaves
 * connections to the database for the others.
 *
 * <p>What works has a connection at a time: a request as a whole, or each field of GraphQL, as they
 * are fetched side by side. Requests whose fields take turns are counted by themselves, so that
 * they never wait for each other's fields.
 */
final class CallerTurns {

    /** As many as a browser asks for at once. */
    private static final int FEWEST = 6;

    private static final int LEFT_TO_OTHERS = 2;
    private static final int MOST_WAITING = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What is admitted by its bytes, and what stays open as long as somebody looks at a page. */
    private static final Set<Operation> FREE =
            Set.of(
                    Operation.http("POST", "/v1/traces"),
                    Operation.http("POST", "/v1/logs"),
                    Operation.http("POST", "/v1/metrics"),
                    Operation.http("GET", "/v1/projects/{project_identifier}/events"));

    private static final Set<Operation> FETCHED_BY_FIELDS =
            Set.of(Operation.http("GET", "/graphql"), Operation.http("POST", "/graphql"));

    private static final Turn NONE_NEEDED =
            new Turn() {

                @Override
                public void fetch(Runnable field) {
                    field.run();
                }

                @Override
                public void close() {}
            };

    private final boolean enabled;
    private final int atOnce;
    private final Map<Whose, Line> lines = new ConcurrentHashMap<>();

    /**
     * @param connections that read, for all callers
     */
    CallerTurns(boolean enabled, int connections) {
        this.enabled = enabled;
        this.atOnce = atOnce(connections);
    }

    static int atOnce(int connections) {
        int half = Math.max(FEWEST, connections / 2);
        return Math.max(1, Math.min(half, connections - LEFT_TO_OTHERS));
    }

    /** The permission to work on one request, to be closed when it was answered. */
    interface Turn extends AutoCloseable {

        String ATTRIBUTE = Turn.class.getName();

        /** Of a request, where it needed one. */
        static Turn of(HttpServletRequest request) {
            return request.getAttribute(ATTRIBUTE) instanceof Turn turn ? turn : NONE_NEEDED;
        }

        /** Fetches a field of GraphQL as soon as the caller may have one more fetched. */
        void fetch(Runnable field);

        @Override
        void close();
    }

    /** Waits for a turn where this caller needs one for this operation. */
    Turn take(Principal principal, Operation operation) {
        return enabled && isKnown(principal) && !FREE.contains(operation)
                ? take(Whose.of(principal), FETCHED_BY_FIELDS.contains(operation))
                : NONE_NEEDED;
    }

    /** Strangers are counted by their addresses, where they can do anything. */
    private static boolean isKnown(Principal principal) {
        return principal.credential() != Credential.OFF
                && principal.credential() != Credential.NONE;
    }

    private Turn take(Whose whose, boolean byFields) {
        Line line = lines.compute(whose, (_, known) -> join(known));
        Semaphore room = byFields ? line.queries : line.working;
        boolean taken = false;
        try {
            taken =
                    line.callers <= atOnce + MOST_WAITING
                            && room.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            leave(whose);
            throw ApiException.tooManyRequests(
                    "at most %d requests of a caller are worked on at once, and %d more wait for up to %d s; send fewer at once"
                            .formatted(atOnce, MOST_WAITING, LONGEST_WAIT.toSeconds()),
                    RETRY_AFTER);
        }
        return new Held(whose, line, room);
    }

    private Line join(@Nullable Line known) {
        Line line = known == null ? new Line(atOnce) : known;
        line.callers++;
        return line;
    }

    private void leave(Whose whose) {
        lines.computeIfPresent(whose, (_, line) -> --line.callers == 0 ? null : line);
    }

    /** People with all their sessions and keys; keys of the system one by one. */
    private record Whose(boolean person, long id) {

        static Whose of(Principal principal) {
            Long user = principal.userId();
            return user == null || principal.credential() == Credential.SYSTEM_KEY
                    ? new Whose(false, principal.credentialId())
                    : new Whose(true, user);
        }
    }

    private final class Held implements Turn {

        private final Whose whose;
        private final Line line;
        private final Semaphore room;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Held(Whose whose, Line line, Semaphore room) {
            this.whose = whose;
            this.line = line;
            this.room = room;
        }

        /** Waits for as long as it takes: the fields before it end, as queries do. */
        @Override
        public void fetch(Runnable field) {
            line.working.acquireUninterruptibly();
            try {
                field.run();
            } finally {
                line.working.release();
            }
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                room.release();
                leave(whose);
            }
        }
    }

    private static final class Line {

        private final Semaphore queries;
        private final Semaphore working;

        /** With a turn or waiting for one; changed by one thread at a time. */
        private volatile int callers;

        Line(int atOnce) {
            this.queries = new Semaphore(atOnce, true);
            this.working = new Semaphore(atOnce, true);
        }
    }
}
