package dev.phoenix.server.cost;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The prices that hold now, in memory, and never more than a few seconds old. */
@Component
public class Prices extends BackgroundWorker {

    /** How late this server notices what another one changed. */
    private static final Duration POLL_EVERY = Duration.ofSeconds(5);

    private final PriceListSync list;
    private final ModelReader models;
    private final boolean readOnly;
    private volatile @Nullable PriceBook book;

    Prices(PriceListSync list, ModelReader models, ApiSettings settings) {
        super("price-poll", Pacing.UNLIMITED);
        this.list = list;
        this.models = models;
        this.readOnly = settings.readOnly();
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
    protected Duration pass() {
        refresh();
        return POLL_EVERY;
    }

    @Override
    public void start() {
        if (!readOnly) {
            list.run();
        }
        refresh();
        super.start();
    }

    /** Before spans are written. */
    @Override
    public int getPhase() {
        return -1;
    }
}
