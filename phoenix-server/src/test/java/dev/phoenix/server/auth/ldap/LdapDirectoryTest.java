package dev.phoenix.server.auth.ldap;

import static dev.phoenix.server.auth.ldap.TestDirectory.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.phoenix.server.auth.ldap.LdapAnswer.Accepted;
import dev.phoenix.server.auth.ldap.LdapAnswer.Refused;
import dev.phoenix.server.auth.ldap.LdapAnswer.Unavailable;
import dev.phoenix.server.auth.ldap.LdapDirectory.Limits;
import dev.phoenix.server.settings.AssignableRole;
import dev.phoenix.server.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapDirectoryTest {

    private static final Guesses UNCOUNTED = (entry, bind) -> bind.succeeds();

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    /** Where nobody answers, waiting is all that happens. */
    private static final Limits BRIEF =
            new Limits(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(1));

    private static final String ADMINS = "cn=admins,ou=groups,dc=example,dc=com";
    private static final String READERS = "cn=readers,ou=groups,dc=example,dc=com";

    private final Requests requests = new Requests();
    private final TestDirectory directory = TestDirectory.start(true, "localhost", requests);

    @BeforeEach
    void people() {
        directory.addPerson(
                "people",
                "ann",
                "mail: Ann@Example.com",
                "displayName: Ann Example",
                "entryUUID: 5A1B-ann",
                "memberOf: " + READERS,
                "memberOf: CN=Admins, OU=Groups, DC=Example,DC=com");
        directory.addPerson("people", "bob", "mail: bob@example.com", "memberOf: " + READERS);
        directory.addPerson("people", "mailless", "memberOf: " + READERS);
        directory.addPerson("people", "groupless", "mail: groupless@example.com");
        directory.addPerson("people", "jürgen", "mail: j@example.com", "memberOf: " + READERS);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void person_isToldAboutAndGetsTheFirstRoleThatFits() {
        assertThat(
                        directory("ATTR_UNIQUE_ID", "entryUUID")
                                .authenticate(" ann ", PASSWORD, UNCOUNTED))
                .isEqualTo(
                        new Accepted(
                                new LdapIdentity(
                                        Optional.of("Ann@Example.com"),
                                        "Ann Example",
                                        Optional.of("5a1b-ann"),
                                        AssignableRole.ADMIN)));
    }

    @Test
    void displayName_isTheNameTypedWhereThereIsNone() {
        assertThat(directory().authenticate("bob", PASSWORD, UNCOUNTED)).isEqualTo(viewer("bob"));
        assertThat(directory().authenticate("jürgen", PASSWORD, UNCOUNTED))
                .isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ann, wrong",
        "ann, ''",
        "'', x",
        "nobody, x",
        "mailless, pässword (*)\\ 1",
        "groupless, pässword (*)\\ 1"
    })
    void others_areRefused(String username, String password) {
        assertThat(directory().authenticate(username, password, UNCOUNTED))
                .isEqualTo(new Refused());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "*)(uid=*",
                "ann)(|(uid=*",
                "ann\u0000",
                "\\61nn",
                "\\2a",
                "*)(|(objectClass=*)",
                "ann,ou=people",
                "ａｎｎ"
            })
    void injection_matchesNobody(String username) {
        assertThat(directory().authenticate(username, PASSWORD, UNCOUNTED))
                .isEqualTo(new Refused());
    }

    @Test
    void stranger_costsABindAsWell() {
        directory().authenticate("nobody", "x", UNCOUNTED);
        assertThat(requests.binds).hasSize(2);
        assertThat(requests.binds.getLast())
                .startsWith("cn=")
                .endsWith(",ou=people,dc=example,dc=com");
    }

    @Test
    void tooLong_isNotEvenAsked() {
        assertThat(directory().authenticate("a".repeat(257), "x", UNCOUNTED))
                .isEqualTo(new Refused());
        assertThat(directory().authenticate("ann", "x".repeat(1025), UNCOUNTED))
                .isEqualTo(new Refused());
        assertThat(requests.binds).isEmpty();
    }

    @Test
    void wildcard_isForThoseWithoutAGroup() {
        String mappings =
                """
                [{"group_dn": "%s", "role": "ADMIN"}, {"group_dn": "*", "role": "VIEWER"}]\
                """
                        .formatted(ADMINS);
        assertThat(
                        directory("GROUP_ROLE_MAPPINGS", mappings)
                                .authenticate("groupless", PASSWORD, UNCOUNTED))
                .isEqualTo(viewer("groupless"));
    }

    @Test
    void firstBaseWins_andTwoInOneBaseAreNobody() {
        directory.addPerson("more", "ann", "mail: other@example.com", "memberOf: " + READERS);
        String both = "[\"ou=more,dc=example,dc=com\",\"ou=people,dc=example,dc=com\"]";
        assertThat(directory("USER_SEARCH_BASE_DNS", both).authenticate("bob", PASSWORD, UNCOUNTED))
                .isEqualTo(viewer("bob"));
        assertThat(directory("USER_SEARCH_BASE_DNS", both).authenticate("ann", PASSWORD, UNCOUNTED))
                .extracting(answer -> ((Accepted) answer).identity().email())
                .isEqualTo(Optional.of("other@example.com"));
        assertThat(
                        directory("USER_SEARCH_BASE_DNS", "[\"dc=example,dc=com\"]")
                                .authenticate("ann", PASSWORD, UNCOUNTED))
                .isEqualTo(new Refused());
    }

    @Test
    void groupSearch_takesTheAttributeOfThePersonAndAllPages() {
        for (int i = 0; i < 1100; i++) {
            directory.addGroup("g" + i, "memberUid: ann");
        }
        directory.addGroup("writers", "memberUid: ann");
        assertThat(
                        directory(
                                        "GROUP_SEARCH_BASE_DNS",
                                                "[\"ou=groups,dc=example,dc=com\"]",
                                        "GROUP_SEARCH_FILTER", "(memberUid=%s)",
                                        "GROUP_SEARCH_FILTER_USER_ATTR", "uid")
                                .authenticate("ann", PASSWORD, UNCOUNTED))
                .extracting(answer -> ((Accepted) answer).identity().role())
                .isEqualTo(AssignableRole.MEMBER);
    }

    @Test
    void groupSearchThatFails_letsNobodyIn() {
        directory.addGroup("writers", "memberUid: ann");
        assertThat(
                        directory(
                                        "GROUP_SEARCH_BASE_DNS",
                                        "[\"ou=groups,dc=example,dc=com\",\"ou=gone,dc=example,dc=com\"]",
                                        "GROUP_SEARCH_FILTER",
                                        "(memberUid=%s)")
                                .authenticate("ann", PASSWORD, UNCOUNTED))
                .isEqualTo(new Unavailable());
    }

    @Test
    void truncatedGroups_letNobodyIn() {
        requests.truncateGroups = true;
        directory.addGroup("writers", "memberUid: ann");
        assertThat(
                        directory(
                                        "GROUP_SEARCH_BASE_DNS",
                                                "[\"ou=groups,dc=example,dc=com\"]",
                                        "GROUP_SEARCH_FILTER", "(memberUid=%s)")
                                .authenticate("ann", PASSWORD, UNCOUNTED))
                .isEqualTo(new Unavailable());
    }

    @Test
    void withoutEmail_theUniqueIdIsEnough() {
        assertThat(
                        directory("ATTR_EMAIL", "null", "ATTR_UNIQUE_ID", "uid")
                                .authenticate("mailless", PASSWORD, UNCOUNTED))
                .isEqualTo(
                        new Accepted(
                                new LdapIdentity(
                                        Optional.empty(),
                                        "mailless",
                                        Optional.of("mailless"),
                                        AssignableRole.VIEWER)));
    }

    @Test
    void anonymousSearch_works() {
        assertThat(
                        directory("BIND_DN", "", "BIND_PASSWORD", "")
                                .authenticate("bob", PASSWORD, UNCOUNTED))
                .isEqualTo(viewer("bob"));
    }

    @Test
    void wrongServicePassword_isNobodysFault() {
        assertThat(directory("BIND_PASSWORD", "wrong").authenticate("bob", PASSWORD, UNCOUNTED))
                .isEqualTo(new Unavailable());
    }

    @ParameterizedTest
    @CsvSource({
        "starttls, true",
        "starttls, false",
        "ldaps, true",
        "ldaps, false",
        "none, true",
        "none, false"
    })
    void tlsModes_work(String mode, String verify) {
        int port = mode.equals("ldaps") ? directory.tlsPort() : directory.port();
        assertThat(
                        directory(
                                        "TLS_MODE",
                                        mode,
                                        "TLS_VERIFY",
                                        verify,
                                        "TLS_CA_CERT_FILE",
                                        verify.equals("true")
                                                ? directory.certificate().toString()
                                                : "",
                                        "PORT",
                                        Integer.toString(port))
                                .authenticate("bob", PASSWORD, UNCOUNTED))
                .isEqualTo(viewer("bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "ldaps"})
    void unknownCertificate_isToldNothing(String mode) {
        int port = mode.equals("ldaps") ? directory.tlsPort() : directory.port();
        assertThat(
                        directory(
                                        "TLS_MODE",
                                        mode,
                                        "TLS_CA_CERT_FILE",
                                        "",
                                        "PORT",
                                        Integer.toString(port))
                                .authenticate("bob", PASSWORD, UNCOUNTED))
                .isEqualTo(new Unavailable());
        assertThat(requests.binds).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "ldaps"})
    void certificateOfAnotherHost_isToldNothing(String mode) {
        Requests heard = new Requests();
        try (TestDirectory other = TestDirectory.start(true, "directory.example.com", heard)) {
            int port = mode.equals("ldaps") ? other.tlsPort() : other.port();
            assertThat(
                            directory(
                                            other.environment(
                                                    "TLS_MODE",
                                                    mode,
                                                    "PORT",
                                                    Integer.toString(port)))
                                    .authenticate("bob", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Unavailable());
            assertThat(heard.binds).isEmpty();
        }
    }

    @Test
    void refusedStartTls_isToldNothing() {
        Requests plain = new Requests();
        try (TestDirectory other = TestDirectory.start(false, "localhost", plain)) {
            assertThat(directory(other.environment()).authenticate("bob", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Unavailable());
            assertThat(plain.binds).isEmpty();
        }
    }

    @Test
    void deadServer_isPassedOver() {
        assertThat(
                        IntStream.range(0, 8)
                                .mapToObj(
                                        _ ->
                                                directory(
                                                                "HOST", "localhost,127.1.1.1",
                                                                "TLS_VERIFY", "false")
                                                        .authenticate("bob", PASSWORD, UNCOUNTED))
                                .distinct())
                .containsExactly(viewer("bob"));
    }

    @Test
    void wrongPassword_isAskedOfOneServerOnly() {
        directory("HOST", "localhost,localhost").authenticate("bob", "wrong", UNCOUNTED);
        assertThat(requests.binds).hasSize(2);
    }

    @Test
    void allDown_isNobodysFault() {
        LdapDirectory down = directory();
        directory.stop();
        assertThat(down.authenticate("bob", PASSWORD, UNCOUNTED)).isEqualTo(new Unavailable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "ldaps", "none"})
    @Timeout(20)
    void silentServer_isGivenUp(String mode) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();
            Map<String, String> environment =
                    directory.environment(
                            "TLS_MODE",
                            mode,
                            "HOST",
                            "localhost,localhost,localhost,localhost",
                            "PORT",
                            Integer.toString(silent.getLocalPort()));
            assertThat(directory(environment, BRIEF).authenticate("bob", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Unavailable());
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(BRIEF.overall().plusSeconds(2));
        }
    }

    @Test
    void eleventhLogin_waits() throws Exception {
        LdapDirectory shared = directory();
        requests.hold = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LdapAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(() -> shared.authenticate("bob", PASSWORD, UNCOUNTED)));
            }
            await().untilAsserted(() -> assertThat(requests.held).hasValue(10));
            requests.hold.countDown();
            for (Future<LdapAnswer> answer : answers) {
                assertThat(answer.get()).isEqualTo(viewer("bob"));
            }
            assertThat(requests.most).hasValue(10);
        }
    }

    @Test
    void failures_leaveNoConnections() {
        try (TestDirectory other = TestDirectory.start()) {
            LdapDirectory asked = directory(other.environment());
            for (int i = 0; i < 100; i++) {
                asked.authenticate("bob", "wrong", UNCOUNTED);
            }
            await().untilAsserted(() -> assertThat(other.connections()).isZero());
        }
    }

    /** Whoever can answer for a directory must not learn what people type. */
    @Test
    void referral_isNotFollowed() {
        Requests elsewhere = new Requests();
        try (TestDirectory other = TestDirectory.start(true, "localhost", elsewhere)) {
            other.addPerson("people", "ann", "mail: ann@example.com", "memberOf: " + ADMINS);
            requests.referral = "ldap://localhost:%d/".formatted(other.port());
            requests.referred = "ou=people";
            assertThat(directory().authenticate("ann", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Refused());
            requests.referred = "uid=ann";
            assertThat(directory().authenticate("ann", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Refused());
            requests.referred = "ou=groups";
            assertThat(
                            directory(
                                            "GROUP_SEARCH_BASE_DNS",
                                            "[\"ou=groups,dc=example,dc=com\"]",
                                            "GROUP_SEARCH_FILTER",
                                            "(member=%s)")
                                    .authenticate("ann", PASSWORD, UNCOUNTED))
                    .isEqualTo(new Unavailable());
            assertThat(elsewhere.binds).isEmpty();
        }
    }

    private static LdapAnswer viewer(String name) {
        return new Accepted(
                new LdapIdentity(
                        Optional.of(name + "@example.com"),
                        name,
                        Optional.empty(),
                        AssignableRole.VIEWER));
    }

    private LdapDirectory directory(String... overrides) {
        return directory(directory.environment(overrides));
    }

    private static LdapDirectory directory(Map<String, String> environment) {
        return directory(environment, LIMITS);
    }

    private static LdapDirectory directory(Map<String, String> environment, Limits limits) {
        return new LdapDirectory(Settings.load(environment).ldap().orElseThrow(), limits);
    }

    /** Remembers who logged in, and gets in the way. */
    private static final class Requests extends InMemoryOperationInterceptor {

        private final List<String> binds = new CopyOnWriteArrayList<>();
        private final AtomicInteger held = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile boolean truncateGroups;
        private volatile String referral = "";
        private volatile String referred = "nobody";

        /** Instead of an answer about what begins so. */
        private LDAPException elsewhere() {
            return new LDAPException(
                    ResultCode.REFERRAL, "elsewhere", null, new String[] {referral});
        }

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request)
                throws LDAPException {
            String dn = request.getRequest().getBindDN();
            binds.add(dn);
            if (dn.startsWith(referred)) {
                throw elsewhere();
            }
            if (dn.startsWith("uid=")) {
                most.accumulateAndGet(held.incrementAndGet(), Math::max);
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                held.decrementAndGet();
            }
        }

        @Override
        public void processSearchResult(InMemoryInterceptedSearchResult result) {
            if (result.getRequest().getBaseDN().startsWith(referred)) {
                result.setResult(elsewhere().toLDAPResult());
            }
            if (truncateGroups && result.getRequest().getBaseDN().startsWith("ou=groups")) {
                result.setResult(new LDAPException(ResultCode.SIZE_LIMIT_EXCEEDED).toLDAPResult());
            }
        }
    }
}
