package dev.phoenix.server.db;

import dev.phoenix.server.settings.DiskSettings;
import dev.phoenix.server.settings.StorageSettings;
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
}
