package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.AuthenticationIsOn;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.PasswordSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
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
    private final Accounts accounts;
    private final SessionCookies cookies;
    private final String target;

    LogoutController(
            Sessions sessions,
            SessionRefresh refresh,
            Accounts accounts,
            SessionCookies cookies,
            NetworkSettings network,
            PasswordSettings passwords) {
        this.sessions = sessions;
        this.refresh = refresh;
        this.accounts = accounts;
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
        caller(request)
                .ifPresent(
                        caller ->
                                sessions.endAll(
                                        caller,
                                        Objects.requireNonNull(caller.principal().userId())));
        cookies.clear(response);
        cookies.clearProvider(response);
        response.setHeader(HttpHeaders.LOCATION, target);
    }

    /** Whose session it is, who may have no more of it than the token that renews it. */
    private Optional<Caller> caller(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        if (caller.principal().credential() == Credential.SESSION) {
            return Optional.of(caller);
        }
        return Optional.ofNullable(SessionCookies.value(request, SessionCookies.REFRESH))
                .flatMap(refresh::owner)
                .flatMap(accounts::find)
                .map(user -> new Caller(owner(user), caller.address()));
    }

    private static Principal owner(User user) {
        return new Principal(user.id(), user.username(), user.role(), Credential.SESSION, 0);
    }
}
