package dev.phoenix.server.auth.account;

import java.util.Collection;

/** Told when what users may do, or whether they exist, has changed and is stored. */
public interface AccountObserver {

    void accountsChanged(Collection<Long> userIds);
}
