package dev.phoenix.server.auth.session;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.auth.AuthenticationIsOn;
import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.browser.ClientAddress;
import dev.phoenix.server.settings.PasswordSettings;
import dev.phoenix.server.settings.Secret;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Logging in with a password, staying logged in, and getting a new password. */
@Hidden
@RestController
@Conditional(AuthenticationIsOn.class)
class LoginController {

    private final StrictJson json;
    private final LocalLogin logins;
    private final SessionIssuer sessions;
    private final SessionRefresh refresh;
    private final SessionCookies cookies;
    private final PasswordResets resets;
    private final PasswordSettings settings;

    LoginController(
            StrictJson json,
            LocalLogin logins,
            SessionIssuer sessions,
            SessionRefresh refresh,
            SessionCookies cookies,
            PasswordResets resets,
            PasswordSettings settings) {
        this.json = json;
        this.logins = logins;
        this.sessions = sessions;
        this.refresh = refresh;
        this.cookies = cookies;
        this.resets = resets;
        this.settings = settings;
    }

    @PostMapping("/auth/login")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void login(HttpServletRequest request, HttpServletResponse response) {
        requirePasswords();
        JsonNode form = json.read(request);
        Optional<String> email = StrictJson.text(form, "email").filter(text -> !text.isBlank());
        Optional<String> password = StrictJson.text(form, "password");
        if (email.isEmpty() || password.isEmpty()) {
            throw unauthorized("Email and password required");
        }
        User user =
                logins.find(email.get(), Secret.of(password.get()), ClientAddress.of(request))
                        .orElseThrow(() -> unauthorized("Invalid email and/or password"));
        cookies.write(sessions.open(user, AuthMethod.LOCAL, request), response);
    }

    @PostMapping("/auth/refresh")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refresh(HttpServletRequest request, HttpServletResponse response) {
        String token = SessionCookies.value(request, SessionCookies.REFRESH);
        cookies.write(refresh.refresh(token), response);
    }

    @PostMapping("/auth/password-reset-email")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void requestReset(HttpServletRequest request) {
        requirePasswords();
        String email =
                StrictJson.text(json.read(request), "email")
                        .orElseThrow(() -> ApiException.unprocessable("Email required"));
        resets.request(email);
    }

    @PostMapping("/auth/password-reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(HttpServletRequest request) {
        requirePasswords();
        JsonNode form = json.read(request);
        String password =
                StrictJson.text(form, "password")
                        .orElseThrow(() -> ApiException.unprocessable("Password required"));
        String token =
                StrictJson.text(form, "token").orElseThrow(() -> unauthorized("Invalid token"));
        resets.reset(token, Secret.of(password), ClientAddress.of(request));
    }

    private void requirePasswords() {
        if (!settings.enabled()) {
            throw SessionIssuer.passwordsAreOff();
        }
    }

    private static ApiException unauthorized(String why) {
        return new ApiException(HttpStatus.UNAUTHORIZED, why);
    }
}
