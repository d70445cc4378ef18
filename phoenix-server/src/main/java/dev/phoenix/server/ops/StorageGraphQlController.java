package dev.phoenix.server.ops;

import dev.phoenix.server.db.StorageLock;
import dev.phoenix.server.db.TableSizes;
import dev.phoenix.server.db.TableSizes.TableSize;
import dev.phoenix.server.settings.DiskSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** How much room the database takes and has, for pages that warn of a full disk. */
@Controller
class StorageGraphQlController {

    private static final double GIB = 1L << 30;

    private final TableSizes sizes;
    private final StorageLock lock;
    private final DiskSettings settings;

    StorageGraphQlController(TableSizes sizes, StorageLock lock, DiskSettings settings) {
        this.sizes = sizes;
        this.lock = lock;
        this.settings = settings;
    }

    record ServerStatus(boolean insufficientStorage) {}

    @QueryMapping
    ServerStatus serverStatus() {
        return new ServerStatus(lock.isLocked());
    }

    @QueryMapping
    @Nullable Double dbStorageCapacityBytes() {
        return settings.capacityGib().isPresent()
                ? settings.capacityGib().getAsDouble() * GIB
                : null;
    }

    @QueryMapping
    List<TableSize> dbTableStats() {
        return sizes.measured();
    }

    @SchemaMapping(typeName = "DbTableStats")
    String tableName(TableSize size) {
        return size.table();
    }

    @SchemaMapping(typeName = "DbTableStats")
    double numBytes(TableSize size) {
        return size.bytes();
    }
}
