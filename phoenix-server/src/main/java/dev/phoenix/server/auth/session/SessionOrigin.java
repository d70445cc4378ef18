package dev.phoenix.server.auth.session;

import dev.phoenix.server.auth.account.AuthMethod;
import dev.phoenix.server.auth.browser.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** How and where a session began, so that its owner recognises it in a list. */
record SessionOrigin(AuthMethod how, @Nullable String address, @Nullable String userAgent) {

    private static final int LONGEST_USER_AGENT = 300;

    static SessionOrigin of(AuthMethod how, HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return new SessionOrigin(
                how, ClientAddress.of(request), agent == null ? null : printable(agent));
    }

    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.substring(0, Math.min(LONGEST_USER_AGENT, shown.length()));
    }
}
