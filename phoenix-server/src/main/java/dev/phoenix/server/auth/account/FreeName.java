package dev.phoenix.server.auth.account;

import dev.phoenix.server.auth.account.AccountConflictException.Field;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;

/** Gives somebody whom others vouch for a name that nobody has. */
public final class FreeName {

    private static final int TRIED = 20;

    private FreeName() {}

    /**
     * Creates the account under the name they have elsewhere, or else another one.
     *
     * @param another makes a different name of the wanted one, each time
     * @param also done in the same transaction
     * @throws AccountConflictException if all names are taken, or somebody has the address or the
     *     outside id
     */
    public static User create(
            Accounts accounts,
            String wanted,
            UnaryOperator<String> another,
            Function<String, NewUser> named,
            BiConsumer<DSLContext, User> also) {
        String name = wanted;
        for (int i = 1; ; i++) {
            try {
                return accounts.create(named.apply(name), also);
            } catch (AccountConflictException e) {
                if (e.field() != Field.USERNAME || i == TRIED) {
                    throw e;
                }
                name = another.apply(wanted);
            }
        }
    }
}
