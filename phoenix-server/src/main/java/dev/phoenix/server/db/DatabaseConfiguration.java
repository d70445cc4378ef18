package dev.phoenix.server.db;

import dev.phoenix.server.settings.DiskSettings;
import dev.phoenix.server.settings.StorageSettings;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    Database database(StorageSettings settings) {
        return Database.open(settings);
    }

    @Bean
    CounterWithCallback databaseQueries(Database database, PrometheusRegistry registry) {
        return CounterWithCallback.builder()
                .name("phoenix_database_queries")
                .help("Queries that read, whatever for")
                .callback(callback -> callback.call((double) database.queries()))
                .register(registry);
    }

    @Bean
    KeyAllocator keyAllocator(Database database) {
        return new KeyAllocator(database);
    }

    @Bean
    StorageLock storageLock() {
        return new StorageLock();
    }

    @Bean
    DiskUsage diskUsage(
            Database database, DiskSettings settings, StorageLock lock, InstantSource clock) {
        return new DiskUsage(database, settings, lock, clock);
    }

    @Bean
    TableSizes tableSizes(Database database, InstantSource clock) {
        return new TableSizes(database, clock);
    }
}
