package dev.phoenix.server.cost;

import java.time.Duration;
import java.util.Objects;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The prices that hold now, in memory, and never more than a few seconds old. */
@Component
public class Prices implements SmartLifecycle {

    /** How late this server notices what another one changed. */
    private static final Duration POLL_EVERY = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Prices.class);

    private final PriceListSync list;
    private final ModelReader models;
    private final Thread poller = Thread.ofVirtual().name("price-poll").unstarted(this::poll);
    private volatile @Nullable PriceBook book;
    private volatile boolean running;

    Prices(PriceListSync list, ModelReader models) {
        this.list = list;
        this.models = models;
    }

    /** The cost of a call that started then; null where nothing was used. */
    public @Nullable SpanCost cost(@Nullable Usage usage, long startNs) {
        return usage == null
                ? null
                : Objects.requireNonNull(book, "prices are read at the start").cost(usage, startNs);
    }

    /** Reads what changed, here or elsewhere. */
    public void refresh() {
        PriceBook known = book;
        if (known == null || known.revision() != models.revision()) {
            book = models.readAll();
        }
    }

    @Override
    public void start() {
        running = true;
        list.run();
        refresh();
        poller.start();
    }

    @Override
    public void stop() {
        running = false;
        poller.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before spans are written. */
    @Override
    public int getPhase() {
        return -1;
    }

    private void poll() {
        while (running) {
            try {
                Thread.sleep(POLL_EVERY);
                refresh();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (DataAccessException e) {
                log.debug("Prices could not be read again: {}", e.sqlState());
            }
        }
    }
}
