package dev.phoenix.server.auth.oidc;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * A page that goes on by itself. Browsers keep strict cookies back as long as redirects that began
 * on another site last; from a page of this server they send them.
 */
final class CallbackPage {

    private static final String OWN_SERVER = "/oauth2/authorize";
    private static final String SCRIPT = "location.replace(document.getElementById('go').href)";

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="UTF-8"><title>Logged in</title></head>
            <body><p><a id="go" href="%s">Continue</a></p><script>%s</script></body>
            </html>
            """;

    private CallbackPage() {}

    /** Whether the server itself answers there, by those cookies. */
    static boolean isNeededFor(String path) {
        return path.equals(OWN_SERVER)
                || path.startsWith(OWN_SERVER + "?")
                || path.startsWith(OWN_SERVER + "/");
    }

    static ResponseEntity<String> to(String target, HttpServletResponse response) {
        // In place of the one that every answer gets, which allows no script at all.
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'sha256-%s'; base-uri 'none'; frame-ancestors 'none'"
                        .formatted(hash()));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(PAGE.formatted(HtmlUtils.htmlEscape(target), SCRIPT));
    }

    private static String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(SCRIPT.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
