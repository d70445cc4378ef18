package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.AuthenticationIsOn;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.PasswordSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Logging out, on all browsers at once. It never fails, whoever asks. */
@Hidden
@RestController
@Conditional(AuthenticationIsOn.class)
class LogoutController {

    private final Sessions sessions;
    private final SessionRefresh refresh;
    private final SessionCookies cookies;
    private final String target;

    LogoutController(
            Sessions sessions,
            SessionRefresh refresh,
            SessionCookies cookies,
            NetworkSettings network,
            PasswordSettings passwords) {
        this.sessions = sessions;
        this.refresh = refresh;
        this.cookies = cookies;
        // Without passwords the log-in page might log in again at once.
        this.target = network.rootPath() + (passwords.enabled() ? "/login" : "/logout");
    }

    /** Links of the interface use GET; a foreign page's link comes without the strict cookies. */
    @RequestMapping(
            path = "/auth/logout",
            method = {RequestMethod.GET, RequestMethod.POST})
    @ResponseStatus(HttpStatus.FOUND)
    void logout(HttpServletRequest request, HttpServletResponse response) {
        Caller caller = Caller.of(request);
        user(request).ifPresent(user -> sessions.endAll(caller, user));
        cookies.clear(response);
        cookies.clearProvider(response);
        response.setHeader(HttpHeaders.LOCATION, target);
    }

    private Optional<Long> user(HttpServletRequest request) {
        Principal principal = CurrentPrincipal.of(request);
        if (principal.credential() == Credential.SESSION) {
            return Optional.ofNullable(principal.userId());
        }
        String token = SessionCookies.value(request, SessionCookies.REFRESH);
        return token == null ? Optional.empty() : refresh.owner(token);
    }
}
