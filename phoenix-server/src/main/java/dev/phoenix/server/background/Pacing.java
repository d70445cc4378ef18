package dev.phoenix.server.background;

import java.time.Duration;

/**
 * How much of a server's time one worker may take.
 *
 * @param shortestPause between two passes, however often the worker is woken
 * @param restPerWork a pass is followed by a pause this many times as long as it took
 */
public record Pacing(Duration shortestPause, int restPerWork) {

    /** Passes follow each other whenever there is work. */
    public static final Pacing UNLIMITED = new Pacing(Duration.ZERO, 0);

    Duration pauseAfter(Duration pass) {
        Duration rest = pass.multipliedBy(restPerWork);
        return rest.compareTo(shortestPause) > 0 ? rest : shortestPause;
    }
}
