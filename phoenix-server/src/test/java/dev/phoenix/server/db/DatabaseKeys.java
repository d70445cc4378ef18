package dev.phoenix.server.db;

/** Keys of a database that no server runs on. */
public final class DatabaseKeys {

    private DatabaseKeys() {}

    public static KeyAllocator of(Database database) {
        return new KeyAllocator(database);
    }
}
