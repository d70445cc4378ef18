package dev.phoenix.server.db;

/** Whether the database has used so much of its disk that only reading and deleting is allowed. */
public final class StorageLock {

    public static final String MESSAGE =
            "the database uses more of its disk than"
                    + " PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE allows: delete traces"
                    + " or extend the disk; until then nothing can be added or changed";

    private volatile boolean locked;

    public boolean isLocked() {
        return locked;
    }

    public void set(boolean value) {
        locked = value;
    }
}
