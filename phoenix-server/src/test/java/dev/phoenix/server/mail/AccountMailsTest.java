package dev.phoenix.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What people get by mail, from a server that sends through a real one. */
@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
@SuppressWarnings("NullAway.Init")
class AccountMailsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Map<TestEngine, TestServer> SERVERS = new HashMap<>();
    private static GreenMail mail;

    private final TestServer server;

    AccountMailsTest(TestEngine engine) {
        this.server = SERVERS.computeIfAbsent(engine, wanted -> start(wanted, Map.of()));
    }

    @BeforeAll
    static void startMailServer() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        mail.start();
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(TestServer::close);
        SERVERS.clear();
        mail.stop();
    }

    private static TestServer start(TestEngine engine, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        environment.put("PHOENIX_SMTP_HOSTNAME", "localhost");
        environment.put("PHOENIX_SMTP_PORT", Integer.toString(mail.getSmtps().getPort()));
        environment.put("PHOENIX_SMTP_VALIDATE_CERTS", "false");
        environment.put("PHOENIX_ROOT_URL", "https://phoenix.example.com");
        environment.put("PHOENIX_SUPPORT_EMAIL", "help@example.com");
        environment.putAll(more);
        return TestServer.start(engine, environment);
    }

    @Test
    void newAccount_isWelcomedWhereAsked() throws Exception {
        String quiet = createUser("MEMBER", false);
        String welcomed = createUser("MEMBER", true);
        MimeMessage letter = awaitLetter(welcomed, 1);
        assertThat(link(letter, "welcome-url")).isEqualTo("https://phoenix.example.com");
        assertThat(letter.getFrom()[0]).hasToString("noreply@phoenix.example.com");
        assertThat(letters(quiet)).isEmpty();
    }

    @Test
    void namedAdmin_isWelcomedOnceAndRecorded() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        Map<String, String> admins = Map.of("PHOENIX_ADMINS", "Ann=" + email);
        try (TestServer first = start(server.testEngine(), admins)) {
            assertThat(link(awaitLetter(email, 1), "welcome-url"))
                    .isEqualTo("https://phoenix.example.com");
            Browser admin = Browser.ofAdmin(first);
            assertThat(admin.get("/v1/audit_events?action=user.create&target=Ann").body())
                    .contains("\"reason\":\"start of the server\"");
            Map<String, String> again = new HashMap<>(admins);
            again.put("PHOENIX_SQL_DATABASE_URL", first.databaseUrl());
            start(server.testEngine(), again).close();
        }
        assertThat(letters(email)).hasSize(1);
    }

    @Test
    void resetLink_leadsToTheConfiguredServerWhateverTheRequestSays() throws Exception {
        String email = createUser("MEMBER", false);
        HttpResponse<String> response =
                server.send(
                        server.request("/auth/password-reset-email")
                                .header("Content-Type", "application/json")
                                .header("Referer", server.baseUrl() + "/forgot-password")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"email\":\" %s \"}"
                                                        .formatted(
                                                                email.toUpperCase(Locale.ROOT)))));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(link(awaitLetter(email, 1), "reset-url"))
                .startsWith("https://phoenix.example.com/reset-password-with-token?token=");
    }

    @Test
    void onlyTheLastLink_worksAndOnlyOnce() throws Exception {
        String email = createUser("MEMBER", false);
        request(email);
        String first = token(awaitLetter(email, 1));
        request(email);
        String second = token(awaitLetter(email, 2));
        assertThat(reset(first, "new-password").statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(email, "pass-word").statusCode()).isEqualTo(204);
        assertThat(reset(second, "new-password").statusCode()).isEqualTo(204);
        assertThat(reset(second, "new-password").statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(email, "pass-word").statusCode()).isEqualTo(401);
        assertThat(new Browser(server).login(email, "new-password").statusCode()).isEqualTo(204);
    }

    @Test
    void stranger_getsNoMailButTheSameAnswer() {
        String email = "nobody-" + UUID.randomUUID() + "@example.com";
        assertThat(request(email).statusCode()).isEqualTo(204);
        String known = createUser("VIEWER", false);
        request(known);
        // Mails leave in the order they were asked for.
        awaitLetter(known, 1);
        assertThat(letters(email)).isEmpty();
    }

    @Test
    void fullDisk_isToldToAdminsOnce() throws Exception {
        String admin = createUser("ADMIN", false);
        String member = createUser("MEMBER", false);
        Map<String, String> tight =
                Map.of(
                        "PHOENIX_SQL_DATABASE_URL", server.databaseUrl(),
                        "PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES", "0.0000001",
                        "PHOENIX_DATABASE_USAGE_EMAIL_WARNING_THRESHOLD_PERCENTAGE", "70");
        try (TestServer full = start(server.testEngine(), tight)) {
            MimeMessage letter = awaitLetter(admin, 1);
            assertThat(letter.getRecipients(RecipientType.CC))
                    .extracting(Object::toString)
                    .containsExactly("help@example.com");
            assertThat(letter.getAllRecipients())
                    .extracting(Object::toString)
                    .doesNotContain("admin@localhost", "system@localhost", member);
            assertThat(letter.getContent().toString()).contains("threshold", "70.0 %");
            assertThat(full.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    private String createUser(String role, boolean welcome) {
        String email = "p-" + UUID.randomUUID() + "@example.com";
        Map<String, Object> user =
                Map.of(
                        "auth_method", "LOCAL",
                        "email", email,
                        "username", email,
                        "role", role,
                        "password", "pass-word");
        HttpResponse<String> response =
                server.send(
                        server.request("/v1/users")
                                .header("Authorization", "Bearer " + TestServer.ADMIN_SECRET)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                JSON.writeValueAsString(
                                                        Map.of(
                                                                "user",
                                                                user,
                                                                "send_welcome_email",
                                                                welcome)))));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return email;
    }

    private HttpResponse<String> request(String email) {
        return new Browser(server).post("/auth/password-reset-email", Map.of("email", email));
    }

    private HttpResponse<String> reset(String token, String password) {
        return new Browser(server)
                .post("/auth/password-reset", Map.of("token", token, "password", password));
    }

    private static MimeMessage awaitLetter(String email, int count) {
        // GreenMail's threads fail when its client hangs up to try TLS from the first byte.
        await().dontCatchUncaughtExceptions()
                .atMost(SOON)
                .until(() -> letters(email).size() >= count);
        return letters(email).getLast();
    }

    /** GreenMail delivers one copy to each recipient. */
    private static List<MimeMessage> letters(String email) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(letter -> isTo(letter, email))
                .toList();
    }

    private static boolean isTo(MimeMessage letter, String email) {
        try {
            return letter.getRecipients(RecipientType.TO)[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(MimeMessage letter) throws MessagingException, IOException {
        return link(letter, "reset-url").replaceFirst(".*token=", "");
    }

    private static String link(MimeMessage letter, String id)
            throws MessagingException, IOException {
        Matcher matcher =
                Pattern.compile("<a id=\"" + id + "\" href=\"([^\"]*)\">\\1</a>")
                        .matcher(letter.getContent().toString());
        assertThat(matcher.find()).as(letter.getContent().toString()).isTrue();
        return matcher.group(1).replace("&amp;", "&");
    }
}
