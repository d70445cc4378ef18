package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.DatabaseKeys;
import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bringing the shipped list into the database. */
class PriceListSyncTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSTALLED_POSTGRESQL")
    void serversThatStartTogether_writeTheListOnce(TestEngine engine) throws Exception {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()));
                ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> start =
                    () -> {
                        sync(database).run();
                        return null;
                    };
            for (Future<Void> started : servers.invokeAll(List.of(start, start, start, start))) {
                started.get();
            }

            assertThat(models(database)).isEqualTo(PriceList.shipped().models().size());
            assertThat(prices(database))
                    .isEqualTo(
                            PriceList.shipped().models().stream()
                                    .mapToInt(model -> model.prices().size())
                                    .sum());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSTALLED_POSTGRESQL")
    void newerList_changesAddsAndRetires_andAnOlderOneDoesNothing(TestEngine engine) {
        try (Database database = Database.open(engine.newStorage(folder, Map.of()))) {
            ModelReader reader = new ModelReader(database);
            PriceListSync sync = sync(database);
            sync.apply(new PriceList(1, List.of(model("a", 1), model("b", 1))));
            PricedModel before = found(reader, "a");

            sync.apply(new PriceList(2, List.of(model("a", 2), model("c", 1))));
            sync.apply(new PriceList(1, List.of(model("a", 1), model("b", 1))));

            assertThat(found(reader, "a").key()).isEqualTo(before.key());
            assertThat(found(reader, "a").prices())
                    .containsExactly(new TokenPrice("input", true, 2, null));
            assertThat(found(reader, "c").prices()).hasSize(1);
            assertThat(reader.readAll().find("b", null, 0)).isNull();
        }
    }

    private static PriceListSync sync(Database database) {
        return new PriceListSync(database, DatabaseKeys.of(database), InstantSource.system());
    }

    private static ListedModel model(String name, double rate) {
        return new ListedModel(
                name,
                "",
                "^" + name + "$",
                null,
                "a test",
                List.of(new TokenPrice("input", true, rate, null)));
    }

    private static PricedModel found(ModelReader reader, String name) {
        return java.util.Objects.requireNonNull(reader.readAll().find(name, null, 0));
    }

    private static int models(Database database) {
        return database.read()
                .fetchSingle("SELECT count(*) FROM generative_models WHERE deleted_at_ns IS NULL")
                .get(0, Integer.class);
    }

    private static int prices(Database database) {
        return database.read()
                .fetchSingle("SELECT count(*) FROM token_prices")
                .get(0, Integer.class);
    }
}
