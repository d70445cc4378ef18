package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.StorageLock;
import org.springframework.http.HttpStatus;

/** Refuses what adds to a database that has used its share of the disk. */
final class StorageGate {

    private final PolicyTable policy;
    private final StorageLock lock;

    StorageGate(PolicyTable policy, StorageLock lock) {
        this.policy = policy;
        this.lock = lock;
    }

    boolean refuses(Operation operation) {
        return lock.isLocked() && policy.adds(operation);
    }

    void check(Operation operation) {
        if (refuses(operation)) {
            throw new ApiException(HttpStatus.INSUFFICIENT_STORAGE, StorageLock.MESSAGE);
        }
    }
}
