package dev.phoenix.server.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.Console;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logging in through the published provider for Node, with many settings at once. */
@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
@SuppressWarnings("NullAway.Init")
class OidcLoginTest {

    private static final Map<TestEngine, TestServer> SERVERS = new HashMap<>();
    private static TestProvider provider;
    private static RSAKey key;
    private static Path assertion;

    private final TestServer server;

    OidcLoginTest(TestEngine engine) {
        this.server = SERVERS.computeIfAbsent(engine, OidcLoginTest::start);
    }

    @BeforeAll
    static void startProvider() throws JOSEException, IOException {
        key = new RSAKeyGenerator(2048).keyID("workload").generate();
        assertion = Files.createTempFile("phoenix-assertion-", ".jwt");
        List<Map<String, Object>> clients = new ArrayList<>();
        for (String name :
                List.of("main", "open", "roles", "strict", "once", "groups", "custom", "pkce")) {
            clients.add(Map.of("client_id", name, "client_secret", "pw: &%" + name));
        }
        clients.add(
                Map.of(
                        "client_id", "closed",
                        "client_secret", "pw",
                        "token_endpoint_auth_method", "client_secret_post"));
        clients.add(Map.of("client_id", "public", "token_endpoint_auth_method", "none"));
        clients.add(
                Map.of(
                        "client_id", "assertion",
                        "token_endpoint_auth_method", "private_key_jwt",
                        "jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));
        provider = TestProvider.start(clients);
    }

    private static TestServer start(TestEngine engine) {
        return TestServer.start(engine, environment());
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(TestServer.AUTHENTICATION);
        for (String name :
                List.of("main", "open", "roles", "strict", "once", "groups", "custom", "pkce")) {
            environment.putAll(idp(name, "CLIENT_SECRET", "pw: &%" + name));
        }
        environment.putAll(
                idp(
                        "closed",
                        "CLIENT_SECRET",
                        "pw",
                        "TOKEN_ENDPOINT_AUTH_METHOD",
                        "client_secret_post",
                        "ALLOW_SIGN_UP",
                        "false"));
        environment.putAll(idp("public", "TOKEN_ENDPOINT_AUTH_METHOD", "none", "USE_PKCE", "true"));
        environment.putAll(idp("pkce", "USE_PKCE", "true"));
        environment.putAll(
                idp(
                        "roles",
                        "ROLE_ATTRIBUTE_PATH",
                        "role",
                        "ROLE_MAPPING",
                        "Owner:ADMIN, Staff:MEMBER"));
        environment.putAll(
                idp(
                        "strict",
                        "ROLE_ATTRIBUTE_PATH",
                        "realm.roles",
                        "ROLE_ATTRIBUTE_STRICT",
                        "true"));
        environment.putAll(idp("once", "ROLE_ATTRIBUTE_PATH", "role", "ROLE_RESYNC", "false"));
        environment.putAll(
                idp("groups", "GROUPS_ATTRIBUTE_PATH", "groups", "ALLOWED_GROUPS", "ops, dev"));
        environment.putAll(idp("custom", "EMAIL_ATTRIBUTE_PATH", "custom.mail"));
        environment.putAll(
                idp(
                        "assertion",
                        "TOKEN_ENDPOINT_AUTH_METHOD",
                        "client_assertion_jwt",
                        "CLIENT_ASSERTION_FILE_ENV_VAR",
                        "WORKLOAD_TOKEN_FILE"));
        environment.put("WORKLOAD_TOKEN_FILE", assertion.toString());
        return environment;
    }

    private static Map<String, String> idp(String name, String... more) {
        String prefix = "PHOENIX_OAUTH2_" + name.toUpperCase(Locale.ROOT) + "_";
        Map<String, String> variables = new HashMap<>();
        variables.put(prefix + "CLIENT_ID", name);
        variables.put(prefix + "OIDC_CONFIG_URL", provider.discovery());
        for (int i = 0; i < more.length; i += 2) {
            variables.put(prefix + more[i], more[i + 1]);
        }
        return variables;
    }

    @AfterAll
    static void stop() throws IOException {
        SERVERS.values().forEach(TestServer::close);
        SERVERS.clear();
        provider.close();
        Files.delete(assertion);
    }

    @Test
    void stranger_getsAnAccountAndGoesWhereTheyWanted() {
        String person = person(Map.of("name", "Ann Example", "picture", "https://x.y/ann.png"));
        Browser browser = new Browser(server);
        URI there = begin(browser, "main", "/projects/UHJvamVjdDox?tab=traces%20all");
        assertThat(there.getQuery())
                .contains("response_type=code", "scope=openid+email+profile", "client_id=main");
        HttpResponse<String> back = finish(browser, provider.visit(there, person));
        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(location(back)).isEqualTo("/projects/UHJvamVjdDox?tab=traces%20all");
        assertThat(browser.get("/v1/projects").statusCode()).isEqualTo(200);
        for (String cookie : List.of("state", "nonce", "code-verifier")) {
            assertThat(back.headers().allValues("set-cookie"))
                    .anyMatch(
                            line ->
                                    line.startsWith("phoenix-oauth2-" + cookie + "=;")
                                            && line.contains("Max-Age=0")
                                            && line.contains("Path=/"));
        }
        JsonNode user = me(browser);
        assertThat(user.path("auth_method").asString()).isEqualTo("OAUTH2");
        assertThat(user.path("role").asString()).isEqualTo("VIEWER");
        assertThat(user.path("email").asString()).isEqualTo(person + "@example.com");
        assertThat(user.path("username").asString()).startsWith("Ann Example");
        assertThat(user.path("oauth2_client_id").asString()).isEqualTo("main");
        assertThat(user.path("oauth2_user_id").asString()).isEqualTo(person);
        assertThat(user.path("profile_picture_url").asString()).isEqualTo("https://x.y/ann.png");
    }

    @Test
    void temporaryCookies_areKeptFromScriptsAndLiveForAQuarter() {
        HttpResponse<String> response = new Browser(server).get("/oauth2/pkce/login");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().allValues("set-cookie"))
                .hasSize(3)
                .allMatch(
                        line ->
                                line.startsWith("phoenix-oauth2-")
                                        && line.contains("; Path=/; Max-Age=900;")
                                        && line.contains("; HttpOnly; SameSite=Lax"));
        assertThat(location(response)).contains("code_challenge_method=S256");
    }

    @Test
    void nextLogins_followTheProviderButKeepTheName() {
        String person = person(Map.of("name", "First"));
        JsonNode before = me(login("main", person));
        provider.describe(
                person,
                Map.of(
                        "email", "NEW-" + person + "@example.com",
                        "name", "Second",
                        "picture", "https://x.y/new.png"));
        JsonNode after = me(login("main", person));
        assertThat(after.path("id")).isEqualTo(before.path("id"));
        assertThat(after.path("username")).isEqualTo(before.path("username"));
        assertThat(after.path("email").asString()).isEqualTo("new-" + person + "@example.com");
        assertThat(after.path("profile_picture_url").asString()).isEqualTo("https://x.y/new.png");
    }

    /** Which a page of another site could choose. */
    @Test
    void callback_isNotWhereTheRefererSays() {
        var request =
                server.request("/oauth2/main/login")
                        .header("Referer", "https://evil.example/page")
                        .header("X-Forwarded-Host", "evil.example");
        assertThat(location(server.send(request)))
                .contains(
                        URLEncoder.encode(
                                server.baseUrl() + "/oauth2/main/tokens", StandardCharsets.UTF_8))
                .doesNotContain("evil");
    }

    @Test
    void sameName_getsASuffix() {
        String name = "Twin " + UUID.randomUUID();
        login("main", person(Map.of("name", name)));
        assertThat(me(login("main", person(Map.of("name", name)))).path("username").asString())
                .matches("\\Q" + name + "\\E-\\d{5}");
    }

    @Test
    void withoutSignUp_onlyThoseWhoWaitAreBoundOnce() {
        String stranger = person(Map.of());
        assertThat(error(finishAs("closed", stranger))).isEqualTo("sign_in_not_allowed");
        String expected = person(Map.of());
        createUser("OAUTH2", expected, "MEMBER");
        assertThat(me(login("closed", expected)).path("role").asString()).isEqualTo("MEMBER");
        provider.describe(expected, Map.of("email", "moved-" + expected + "@example.com"));
        assertThat(me(login("closed", expected)).path("email").asString())
                .isEqualTo("moved-" + expected + "@example.com");
        String recycled = "r-" + UUID.randomUUID();
        provider.describe(recycled, Map.of("email", "moved-" + expected + "@example.com"));
        assertThat(error(finishAs("closed", recycled))).isEqualTo("sign_in_not_allowed");
    }

    @Test
    void otherProvider_cannotTakeAnAccountOverByItsAddress() {
        String person = person(Map.of());
        login("main", person);
        assertThat(error(finishAs("open", person))).isEqualTo("email_in_use");
        assertThat(error(finishAs("closed", person))).isEqualTo("sign_in_not_allowed");
        assertThat(me(login("main", person)).path("oauth2_client_id").asString()).isEqualTo("main");
    }

    @Test
    void unverifiedAddress_bindsNothing() {
        String person = person(Map.of("email_verified", false));
        createUser("OAUTH2", person, "ADMIN");
        assertThat(error(finishAs("main", person))).isEqualTo("sign_in_not_allowed");
    }

    @Test
    void addressThatOnlyLooksTheSame_bindsNothing() {
        String waiting = person(Map.of());
        createUser("OAUTH2", waiting, "ADMIN");
        String thief = "p-" + UUID.randomUUID();
        provider.describe(
                thief, Map.of("email", waiting.replaceFirst("^.", "\uff50") + "@example.com"));
        assertThat(error(finishAs("main", thief))).isEqualTo("email_in_use");
    }

    @Test
    void addressOfALocalAccount_staysItsOwn() {
        String person = person(Map.of());
        createUser("LOCAL", person, "MEMBER");
        assertThat(error(finishAs("main", person))).isEqualTo("email_in_use");
        assertThat(new Browser(server).login(person + "@example.com", "pass-word").statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"Owner, ADMIN", "Staff, MEMBER", "ADMIN, VIEWER", "SYSTEM, VIEWER", "'', VIEWER"})
    void mappedRole_isFollowedAtEachLogin(String role, String expected) {
        String person = person(Map.of("role", role));
        assertThat(me(login("roles", person)).path("role").asString()).isEqualTo(expected);
        describe(person, Map.of("role", "Owner"));
        assertThat(me(login("roles", person)).path("role").asString()).isEqualTo("ADMIN");
        describe(person, Map.of());
        assertThat(me(login("roles", person)).path("role").asString()).isEqualTo("VIEWER");
    }

    @Test
    void strictRole_refusesWhatIsNoRole() {
        for (Map<String, Object> claims :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("realm", Map.of("roles", "SYSTEM")),
                        Map.of("realm", Map.of("roles", List.of("boss", "ADMIN"))))) {
            assertThat(error(finishAs("strict", person(claims)))).isEqualTo("sign_in_not_allowed");
        }
        String person = person(Map.of("realm", Map.of("roles", List.of("member", "ADMIN"))));
        assertThat(me(login("strict", person)).path("role").asString()).isEqualTo("MEMBER");
    }

    @Test
    void roleAtCreation_isKeptWithoutResync() {
        String person = person(Map.of("role", "MEMBER"));
        assertThat(me(login("once", person)).path("role").asString()).isEqualTo("MEMBER");
        describe(person, Map.of("role", "ADMIN"));
        assertThat(me(login("once", person)).path("role").asString()).isEqualTo("MEMBER");
    }

    @Test
    void sameRole_leavesOtherSessionsAlone() {
        String person = person(Map.of("role", "Staff"));
        Browser first = login("roles", person);
        login("roles", person);
        assertThat(first.get("/v1/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void allowedGroup_isRequired() {
        assertThat(error(finishAs("groups", person(Map.of())))).isEqualTo("sign_in_not_allowed");
        for (Object groups : List.of(List.of(), List.of("OPS", "other"), "operations")) {
            assertThat(error(finishAs("groups", person(Map.of("groups", groups)))))
                    .isEqualTo("sign_in_not_allowed");
        }
        for (Object groups : List.of(List.of("other", "dev"), "ops")) {
            login("groups", person(Map.of("groups", groups)));
        }
    }

    @Test
    void address_isTakenFromWhereItIs() {
        String person =
                person(Map.of("custom", Map.of("mail", "C-" + UUID.randomUUID() + "@x.example")));
        assertThat(me(login("custom", person)).path("email").asString())
                .startsWith("c-")
                .endsWith("@x.example");
        assertThat(error(finishAs("custom", person(Map.of())))).isEqualTo("missing_email_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "pkce"})
    void codeWithoutItsVerifier_isWorthNothing(String idp) {
        String person = person(Map.of());
        login(idp, person);
        Browser browser = new Browser(server);
        URI back = provider.visit(begin(browser, idp, "/"), person);
        browser.setCookie("phoenix-oauth2-code-verifier", "x".repeat(43));
        assertThat(error(finish(browser, back))).isEqualTo("auth_failed");
        URI again = provider.visit(begin(browser, idp, "/"), person);
        browser.dropCookie("phoenix-oauth2-code-verifier");
        assertThat(error(finish(browser, again))).isEqualTo("auth_failed");
    }

    @Test
    void assertionFile_isReadAnewForEachLogin() throws Exception {
        String person = person(Map.of());
        Files.writeString(assertion, "");
        assertThat(error(finishAs("assertion", person))).isEqualTo("auth_failed");
        Files.writeString(assertion, "x".repeat(64 * 1024 + 1));
        assertThat(error(finishAs("assertion", person))).isEqualTo("auth_failed");
        for (int i = 0; i < 2; i++) {
            Files.writeString(assertion, "\n" + signedAssertion() + "\n");
            login("assertion", person);
        }
    }

    /** The path may come from a variable of others. */
    @Test
    void assertionThatIsNoFile_isRefusedAndNotNamed() throws Exception {
        String person = person(Map.of());
        Files.delete(assertion);
        String told = Console.during(() -> refusedWithoutAssertion(person));
        run("mkfifo", assertion.toString());
        told += Console.during(() -> refusedWithoutAssertion(person));
        Files.delete(assertion);
        Files.createDirectory(assertion);
        told += Console.during(() -> refusedWithoutAssertion(person));
        Files.delete(assertion);
        Files.writeString(assertion, signedAssertion());
        login("assertion", person);
        assertThat(told)
                .containsPattern(
                        "(?s)(the file with the client assertion is not there, or no regular file.*){3}")
                .doesNotContain(assertion.getFileName().toString());
    }

    private void refusedWithoutAssertion(String person) {
        assertThat(error(finishAs("assertion", person))).isEqualTo("auth_failed");
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static String signedAssertion() throws JOSEException {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        new JWTClaimsSet.Builder()
                                .issuer("assertion")
                                .subject("assertion")
                                .audience(
                                        provider.discovery()
                                                .replace("/.well-known/openid-configuration", ""))
                                .jwtID(UUID.randomUUID().toString())
                                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void answerForAnotherBrowserOrProvider_isRefused() {
        String person = person(Map.of());
        Browser browser = new Browser(server);
        URI back = provider.visit(begin(browser, "main", "/"), person);
        Browser other = new Browser(server);
        begin(other, "main", "/");
        assertThat(error(finish(other, back))).isEqualTo("invalid_state");
        assertThat(error(browser.copy().get(path(back).replace("/main/", "/open/"))))
                .isEqualTo("invalid_state");
        assertThat(new Browser(server).get(path(back)).statusCode()).isEqualTo(422);
        assertThat(browser.copy().dropCookie("phoenix-oauth2-nonce").get(path(back)).statusCode())
                .isEqualTo(422);
        assertThat(finish(browser, back).statusCode()).isEqualTo(302);
        assertThat(finish(browser, back).statusCode()).isEqualTo(422);
    }

    /** The browser holds the same state each time, so that only who signed it tells them apart. */
    @Test
    void forgedState_isRefused() throws Exception {
        Browser browser = new Browser(server);
        begin(browser, "main", "/");
        String genuine = browser.cookie("phoenix-oauth2-state");
        String nonce = browser.cookie("phoenix-oauth2-nonce");
        String[] parts = genuine.split("\\.");
        JWSObject stolen =
                new JWSObject(
                        new JWSHeader(JWSAlgorithm.HS256), JWSObject.parse(genuine).getPayload());
        stolen.sign(new MACSigner("another-secret-that-signs-0123456789"));
        String elsewhere =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("\"return_url\":\"\\/\"", "\"return_url\":\"\\/x\"")
                        .replace("\"return_url\":\"/\"", "\"return_url\":\"/x\"");
        String altered = parts[0] + "." + base64(elsewhere) + "." + parts[2];
        assertThat(altered).isNotEqualTo(genuine);
        String unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        Map<String, String> answers = new LinkedHashMap<>();
        for (String state : List.of(stolen.serialize(), altered, unsigned, "e30.e30.e30", "x")) {
            answers.put(state, "invalid_state");
        }
        // What is wrong with the last one is its code.
        answers.put(genuine, "auth_failed");
        answers.forEach(
                (state, expected) -> {
                    browser.setCookie("phoenix-oauth2-state", state)
                            .setCookie("phoenix-oauth2-nonce", nonce);
                    assertThat(
                                    error(
                                            browser.get(
                                                    "/oauth2/main/tokens?code=x&state="
                                                            + Api.encode(state))))
                            .as(state)
                            .isEqualTo(expected);
                });
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherNonce_isRefused() {
        Browser browser = new Browser(server);
        URI back = provider.visit(begin(browser, "main", "/"), person(Map.of()));
        browser.setCookie("phoenix-oauth2-nonce", "another");
        assertThat(error(finish(browser, back))).isEqualTo("auth_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "%2F%2Fevil.example",
                "/%2Fevil.example",
                "/%252Fevil.example",
                "/x@evil.example",
                "/../../evil",
                "/%0d%0aLocation:x",
                "javascript:alert(1)"
            })
    void returnUrlToElsewhere_leadsHome(String returnUrl) {
        Browser browser = new Browser(server);
        URI there = begin(browser, "main", returnUrl);
        assertThat(location(finish(browser, provider.visit(there, person(Map.of())))))
                .isEqualTo("/");
    }

    @Test
    void endlessReturnUrl_leadsHome() {
        Browser browser = new Browser(server);
        URI there = begin(browser, "main", "/projects?filter=" + "x".repeat(20_000));
        assertThat(location(finish(browser, provider.visit(there, person(Map.of())))))
                .isEqualTo("/");
        String longest = "/projects?filter=" + "x".repeat(1_900);
        there = begin(browser, "main", longest);
        assertThat(location(finish(browser, provider.visit(there, person(Map.of())))))
                .isEqualTo(longest);
    }

    @Test
    void wayBackToTheServerItself_isAPageOfItsOwn() {
        Browser browser = new Browser(server);
        URI back =
                provider.visit(
                        begin(
                                browser,
                                "main",
                                "/oauth2/authorize?client_id=a&state=%22%3Cscript%3E"),
                        person(Map.of()));
        HttpResponse<String> page = finish(browser, back);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(page.headers().allValues("content-security-policy"))
                .hasSize(1)
                .allMatch(policy -> policy.contains("script-src 'sha256-"));
        assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(page.body())
                .contains("href=\"/oauth2/authorize?client_id=a&amp;state=%22%3Cscript%3E\"")
                .doesNotContain("<script>alert", "\"<");
        assertThat(browser.get("/v1/projects").statusCode()).isEqualTo(200);
    }

    @Test
    void refusalByTheProvider_isNotRepeated() {
        Browser browser = new Browser(server);
        HttpResponse<String> response =
                finish(browser, provider.visit(begin(browser, "main", "/"), ""));
        assertThat(error(response)).isEqualTo("oauth_error");
        assertThat(response.body() + location(response)).doesNotContain("onerror", "<");
    }

    @Test
    void unknownProvider_isToldByItsCode() {
        assertThat(error(new Browser(server).get("/oauth2/nobody/login"))).isEqualTo("unknown_idp");
        assertThat(new Browser(server).get("/oauth2/No-body/login").statusCode()).isEqualTo(422);
    }

    @Test
    void passwordLogin_isNotForThem() {
        String person = person(Map.of());
        login("main", person);
        assertThat(new Browser(server).login(person + "@example.com", "admin").statusCode())
                .isEqualTo(401);
    }

    @Test
    void rootPathAndAutoLogin_leadThereAndBack() {
        Map<String, String> environment = environment();
        environment.put("PHOENIX_HOST_ROOT_PATH", "/phoenix");
        environment.put("PHOENIX_DISABLE_BASIC_AUTH", "true");
        environment.put("PHOENIX_OAUTH2_MAIN_AUTO_LOGIN", "true");
        try (TestServer mounted = TestServer.start(server.testEngine(), environment)) {
            Browser browser = new Browser(mounted);
            HttpResponse<String> sent = browser.get("/phoenix/login?returnUrl=/projects");
            assertThat(sent.statusCode()).isEqualTo(307);
            assertThat(location(sent)).isEqualTo("/phoenix/oauth2/main/login?returnUrl=/projects");
            assertThat(location(browser.get("/phoenix/login?returnUrl=/" + "x".repeat(20_000))))
                    .isEqualTo("/phoenix/oauth2/main/login");
            URI there = URI.create(location(browser.get(location(sent))));
            assertThat(there.getQuery()).contains("/phoenix/oauth2/main/tokens");
            HttpResponse<String> back = finish(browser, provider.visit(there, person(Map.of())));
            assertThat(location(back)).isEqualTo("/phoenix/projects");
            assertThat(location(browser.get("/phoenix/oauth2/nobody/login")))
                    .isEqualTo("/phoenix/logout?error=unknown_idp");
        }
    }

    @Test
    void autoLogin_isForThoseWithoutPasswords() {
        Map<String, String> environment = environment();
        environment.put("PHOENIX_OAUTH2_MAIN_AUTO_LOGIN", "true");
        try (TestServer both = TestServer.start(server.testEngine(), environment)) {
            assertThat(new Browser(both).get("/login?returnUrl=/projects").statusCode())
                    .isEqualTo(200);
        }
    }

    private Browser login(String idp, String person) {
        Browser browser = new Browser(server);
        HttpResponse<String> response =
                finish(browser, provider.visit(begin(browser, idp, "/"), person));
        assertThat(response.statusCode()).as(location(response)).isEqualTo(302);
        assertThat(location(response)).isEqualTo("/");
        return browser;
    }

    private HttpResponse<String> finishAs(String idp, String person) {
        Browser browser = new Browser(server);
        return finish(browser, provider.visit(begin(browser, idp, "/"), person));
    }

    private static URI begin(Browser browser, String idp, String returnUrl) {
        HttpResponse<String> response =
                browser.get(
                        "/oauth2/%s/login?returnUrl=%s"
                                .formatted(
                                        idp, URLEncoder.encode(returnUrl, StandardCharsets.UTF_8)));
        assertThat(response.statusCode()).as(response.toString()).isEqualTo(302);
        return URI.create(location(response));
    }

    private static HttpResponse<String> finish(Browser browser, URI callback) {
        return browser.get(path(callback));
    }

    private static String path(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElse("");
    }

    private static String error(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(location(response)).isEqualTo(307);
        assertThat(location(response)).startsWith("/login?error=");
        return location(response).substring("/login?error=".length());
    }

    private static String person(Map<String, Object> claims) {
        String person = "p-" + UUID.randomUUID();
        describe(person, claims);
        return person;
    }

    private static void describe(String person, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("email", person + "@example.com");
        provider.describe(person, all);
    }

    private static JsonNode me(Browser browser) {
        return JsonMapper.shared().readTree(browser.get("/v1/user").body()).path("data");
    }

    private void createUser(String method, String person, String role) {
        Map<String, Object> user = new HashMap<>();
        user.put("auth_method", method);
        user.put("email", person + "@example.com");
        user.put("username", person);
        user.put("role", role);
        if (method.equals("LOCAL")) {
            user.put("password", "pass-word");
        }
        HttpResponse<String> response =
                Browser.ofAdmin(server)
                        .post("/v1/users", Map.of("user", user, "send_welcome_email", false));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }
}
