package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.AuthenticationIsOn;
import dev.phoenix.server.auth.PublicOrigin;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.LoginEvents;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.browser.ClientAddress;
import dev.phoenix.server.auth.browser.ReturnPath;
import dev.phoenix.server.auth.session.SessionCookies;
import dev.phoenix.server.auth.session.SessionIssuer;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to an identity provider and back. */
@Hidden
@RestController
@Conditional(AuthenticationIsOn.class)
class OidcController {

    private static final Logger log = LoggerFactory.getLogger(OidcController.class);
    private static final Duration LONGEST_LOGIN = Duration.ofMinutes(15);
    private static final int RANDOM_BYTES = 32;
    private static final String PROVIDER = "[a-z0-9_]+";

    private final Providers providers;
    private final ProviderAccounts accounts;
    private final SessionIssuer sessions;
    private final SessionCookies cookies;
    private final PublicOrigin origin;
    private final AuditLog audit;
    private final Secret secret;
    private final String rootPath;
    private final String errorPage;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    OidcController(
            Providers providers,
            ProviderAccounts accounts,
            SessionIssuer sessions,
            SessionCookies cookies,
            PublicOrigin origin,
            AuditLog audit,
            AuthSettings auth,
            NetworkSettings network,
            PasswordSettings passwords,
            InstantSource clock) {
        this.providers = providers;
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookies = cookies;
        this.origin = origin;
        this.audit = audit;
        this.secret = auth.secret().orElseThrow();
        this.rootPath = network.rootPath();
        // Without passwords the log-in page may lead to the provider at once, again and again.
        this.errorPage = rootPath + (passwords.enabled() ? "/login" : "/logout");
        this.clock = clock;
    }

    @RequestMapping(
            path = "/oauth2/{idp}/login",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<String> begin(
            @PathVariable @Pattern(regexp = PROVIDER) String idp,
            @RequestParam(required = false) @Nullable String returnUrl,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            OidcClient client = client(idp);
            URI callback = URI.create("%s/oauth2/%s/tokens".formatted(origin.of(request), idp));
            LoginState state =
                    new LoginState(
                            random(),
                            idp,
                            callback.toString(),
                            ReturnPath.checked(returnUrl),
                            clock.instant().plus(LONGEST_LOGIN));
            String signed = state.sign(secret);
            String nonce = random();
            Optional<String> verifier =
                    client.provider().pkce() ? Optional.of(random()) : Optional.empty();
            URI there = client.loginUri(callback, signed, nonce, verifier);
            add(response, SessionCookies.STATE, signed);
            add(response, SessionCookies.NONCE, nonce);
            verifier.ifPresent(value -> add(response, SessionCookies.CODE_VERIFIER, value));
            return ResponseEntity.status(HttpStatus.FOUND).location(there).build();
        } catch (LoginFailure e) {
            return refuse(idp, e);
        }
    }

    @GetMapping("/oauth2/{idp}/tokens")
    ResponseEntity<String> finish(
            @PathVariable @Pattern(regexp = PROVIDER) String idp,
            @RequestParam String state,
            @RequestParam(required = false) @Nullable String code,
            @CookieValue(SessionCookies.STATE) String stateCookie,
            @CookieValue(SessionCookies.NONCE) String nonce,
            @CookieValue(name = SessionCookies.CODE_VERIFIER, required = false)
                    @Nullable String verifier,
            HttpServletRequest request,
            HttpServletResponse response) {
        cookies.clearProvider(response);
        LoginEvents events = new LoginEvents(AuthMethod.OAUTH2, ClientAddress.of(request));
        try {
            OidcClient client = client(idp);
            LoginState began = LoginState.verify(state, stateCookie, idp, secret, clock.instant());
            if (code == null) {
                throw new LoginFailure(LoginError.OAUTH_ERROR, "the provider gave no code");
            }
            if (client.provider().pkce() && verifier == null) {
                throw new LoginFailure(LoginError.AUTH_FAILED, "the code verifier is missing");
            }
            ProviderIdentity identity =
                    client.identity(
                            code,
                            URI.create(began.callback()),
                            nonce,
                            Optional.ofNullable(verifier).filter(_ -> client.provider().pkce()));
            User user = accounts.resolve(client.provider(), identity, events);
            cookies.write(sessions.open(user, AuthMethod.OAUTH2, request), response);
            return goOn(began.returnPath(), response);
        } catch (LoginFailure e) {
            audit.record(events.refused(idp, Map.of("error", e.error().code())));
            return refuse(idp, e);
        }
    }

    private OidcClient client(String idp) throws LoginFailure {
        return providers
                .find(idp)
                .orElseThrow(
                        () ->
                                new LoginFailure(
                                        LoginError.UNKNOWN_IDP, "there is no such provider"));
    }

    private ResponseEntity<String> goOn(String path, HttpServletResponse response) {
        String target = rootPath + path;
        return CallbackPage.isNeededFor(path)
                ? CallbackPage.to(target, response)
                : ResponseEntity.status(HttpStatus.FOUND).header("Location", target).build();
    }

    private ResponseEntity<String> refuse(String idp, LoginFailure failure) {
        Throwable cause = failure.getCause();
        log.warn(
                "Log-in through {} failed: {}{}",
                idp,
                failure.getMessage(),
                cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")");
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .header("Location", errorPage + "?error=" + failure.error().code())
                .build();
    }

    private void add(HttpServletResponse response, String name, String value) {
        cookies.add(response, name, value, SessionCookies.LAX, LONGEST_LOGIN);
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
