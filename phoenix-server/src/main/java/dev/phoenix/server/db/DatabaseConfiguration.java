package dev.phoenix.server.db;

import dev.phoenix.server.settings.StorageSettings;
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
}
