package dev.phoenix.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Makes an {@link OpenTelemetry} the global one for a while.
 *
 * <p>{@link GlobalOpenTelemetry} can be set only once in a process. So what is set there is a
 * switch, and what it points to can change: tracers obtained from the global, however early, write
 * to whatever is attached when a span starts, and to nothing while nothing is.
 */
public final class PhoenixGlobal {

    private static final System.Logger LOGGER = System.getLogger("phoenix.otel");
    private static final Deque<Mount> MOUNTS = new ArrayDeque<>();

    private static volatile OpenTelemetry current = OpenTelemetry.noop();
    private static boolean installed;

    private PhoenixGlobal() {}

    /**
     * Puts an OpenTelemetry on top of what is attached. If another library has already set the
     * global one, such as the OpenTelemetry Java agent, that stays, with a warning.
     */
    public static synchronized Mount attach(OpenTelemetry openTelemetry) {
        if (!installed && !install()) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "a global OpenTelemetry is already set and stays; its tracers do not write to"
                            + " Phoenix");
        }
        Mount mount = new Mount(openTelemetry);
        MOUNTS.push(mount);
        current = openTelemetry;
        return mount;
    }

    /** Whether the global OpenTelemetry is the switch of this class. */
    public static synchronized boolean isInstalled() {
        return installed;
    }

    static OpenTelemetry current() {
        return current;
    }

    private static boolean install() {
        try {
            GlobalOpenTelemetry.set(new Switch());
            installed = true;
        } catch (IllegalStateException e) {
            // Somebody was first; that is theirs to undo.
            installed = false;
        }
        return installed;
    }

    private static synchronized void detach(Mount mount) {
        mount.detached = true;
        Iterator<Mount> fromTop = MOUNTS.iterator();
        while (fromTop.hasNext() && MOUNTS.getFirst().detached) {
            fromTop.next();
            fromTop.remove();
        }
        Mount top = MOUNTS.peek();
        current = top == null ? OpenTelemetry.noop() : top.openTelemetry;
    }

    /**
     * One attachment. Closing the top one brings back the one below; closing another changes
     * nothing until those above it are closed too.
     */
    public static final class Mount implements AutoCloseable {

        private final OpenTelemetry openTelemetry;
        private boolean detached;

        private Mount(OpenTelemetry openTelemetry) {
            this.openTelemetry = openTelemetry;
        }

        @Override
        public void close() {
            detach(this);
        }
    }

    private static final class Switch implements OpenTelemetry {

        private final TracerProvider tracers = new SwitchingTracerProvider();

        @Override
        public TracerProvider getTracerProvider() {
            return tracers;
        }

        @Override
        public ContextPropagators getPropagators() {
            return current.getPropagators();
        }
    }
}
