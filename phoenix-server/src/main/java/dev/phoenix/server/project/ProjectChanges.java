package dev.phoenix.server.project;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When something of a project was last committed, as far as this server knows since it started. */
@Component
public class ProjectChanges {

    private static final int MAX_PROJECTS = 100_000;

    /** The least that differs in every notation of times. */
    private static final Duration TICK = Duration.ofMillis(1);

    private final Map<Long, Instant> lastChanges = new ConcurrentHashMap<>();
    private final List<LongConsumer> localListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Called after this server's commit. */
    public void changed(long projectKey, Instant at) {
        changedElsewhere(projectKey, at);
        localListeners.forEach(listener -> listener.accept(projectKey));
    }

    /** Called for another server's commit. */
    void changedElsewhere(long projectKey, Instant at) {
        if (lastChanges.size() >= MAX_PROJECTS) {
            lastChanges.clear();
        }
        lastChanges.merge(projectKey, at, ProjectChanges::later);
        listeners.forEach(Runnable::run);
    }

    /** Called when commits of other servers may have been missed. */
    void everythingMayHaveChanged(Instant at) {
        lastChanges.replaceAll((project, before) -> later(before, at));
        listeners.forEach(Runnable::run);
    }

    /** Calls after every commit known here. Writers of spans wait for it, so it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void onLocalChange(LongConsumer listener) {
        localListeners.add(listener);
    }

    /** The last change of any project; null when there was none since the start. */
    @Nullable Instant newest() {
        return lastChanges.values().stream().max(Comparator.naturalOrder()).orElse(null);
    }

    /** Null when nothing of the project changed since the start. */
    public @Nullable Instant lastChange(long projectKey) {
        return lastChanges.get(projectKey);
    }

    /** Who polls looks for a later time, also while a clock that was put back catches up. */
    private static Instant later(Instant before, Instant at) {
        return at.isAfter(before) ? at : before.plus(TICK);
    }
}
