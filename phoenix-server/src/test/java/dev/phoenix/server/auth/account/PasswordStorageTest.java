package dev.phoenix.server.auth.account;

import static dev.phoenix.server.db.jooq.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.security.GeneralSecurityException;
import java.util.function.Function;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

@ServerTest(authentication = true)
class PasswordStorageTest {

    private final TestServer server;

    PasswordStorageTest(TestServer server) {
        this.server = server;
    }

    @Test
    void hashOfAnotherProduct_isAcceptedAndReplacedAtTheNextLogin() throws Exception {
        TestUser user = TestUser.create(server, "VIEWER");
        byte[] salt = new byte[32];
        byte[] hash = legacyHash("an-old-password", salt);
        inDatabase(
                database ->
                        database.update(USERS)
                                .set(USERS.PASSWORD_SCHEME, "pbkdf2-sha256:10000")
                                .set(USERS.PASSWORD_SALT, salt)
                                .set(USERS.PASSWORD_HASH, hash)
                                .where(USERS.EMAIL.eq(user.email()))
                                .execute());
        assertThat(new Browser(server).login(user.email(), "wrong").statusCode()).isEqualTo(401);
        assertThat(scheme(user)).isEqualTo("pbkdf2-sha256:10000");
        Browser session = Browser.loggedIn(server, user.email(), "an-old-password");
        assertThat(scheme(user)).isEqualTo("pbkdf2-sha256:600000");
        assertThat(session.get("/v1/user").statusCode()).isEqualTo(200);
        assertThat(new Browser(server).login(user.email(), "an-old-password").statusCode())
                .isEqualTo(204);
    }

    private String scheme(TestUser user) {
        return inDatabase(
                database ->
                        String.valueOf(
                                database.select(USERS.PASSWORD_SCHEME)
                                        .from(USERS)
                                        .where(USERS.EMAIL.eq(user.email()))
                                        .fetchSingle(USERS.PASSWORD_SCHEME)));
    }

    private <T> T inDatabase(Function<DSLContext, T> work) {
        try (Database database = Database.open(server.settings().storage())) {
            return database.transaction(work);
        }
    }

    private static byte[] legacyHash(String password, byte[] salt) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 10_000, 256))
                .getEncoded();
    }
}
