package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.account.LogoutOnPasswordChange;
import dev.phoenix.server.settings.SessionSettings;
import graphql.schema.DataFetchingEnvironment;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Cookies as browsers get them, and the same without content to remove them. */
@Component
public class SessionCookies implements LogoutOnPasswordChange {

    public static final String ACCESS = "phoenix-access-token";
    public static final String REFRESH = "phoenix-refresh-token";

    public static final String STATE = "phoenix-oauth2-state";
    public static final String NONCE = "phoenix-oauth2-nonce";
    public static final String CODE_VERIFIER = "phoenix-oauth2-code-verifier";

    /** Sent from pages of this server only. */
    public static final String STRICT = "Strict";

    /** Also sent when another site leads here. */
    public static final String LAX = "Lax";

    private final SessionSettings settings;

    SessionCookies(SessionSettings settings) {
        this.settings = settings;
    }

    /** Logs the browser in. */
    public void write(Session session, HttpServletResponse response) {
        add(response, ACCESS, session.accessToken().reveal(), STRICT, settings.accessLife());
        add(response, REFRESH, session.refreshToken().reveal(), STRICT, settings.refreshLife());
    }

    /** Logs the browser out. */
    public void clear(HttpServletResponse response) {
        remove(response, ACCESS, STRICT);
        remove(response, REFRESH, STRICT);
    }

    @Override
    public void clearCookies(DataFetchingEnvironment environment) {
        HttpServletResponse response =
                environment.getGraphQlContext().get(HttpServletResponse.class);
        clear(response);
    }

    /** Forgets a log-in through an identity provider that is under way. */
    public void clearProvider(HttpServletResponse response) {
        remove(response, STATE, LAX);
        remove(response, NONCE, LAX);
        remove(response, CODE_VERIFIER, LAX);
    }

    /** A cookie of this server; browsers keep it from scripts. */
    public void add(
            HttpServletResponse response,
            String name,
            String value,
            String sameSite,
            Duration life) {
        ResponseCookie cookie =
                ResponseCookie.from(name, value)
                        .httpOnly(true)
                        .secure(settings.secureCookies())
                        .path(settings.cookiesPath())
                        .sameSite(sameSite)
                        .maxAge(life.isZero() ? 0 : Math.max(1, life.toSeconds()))
                        .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** Repeats path and attributes: browsers keep a cookie that is removed with others. */
    public void remove(HttpServletResponse response, String name, String sameSite) {
        add(response, name, "", sameSite, Duration.ZERO);
    }

    static @Nullable String value(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, name);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }
}
