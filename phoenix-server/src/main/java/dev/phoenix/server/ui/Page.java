package dev.phoenix.server.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * The one page of the web interface, the same for every address as long as the server runs.
 *
 * @param scripts the sources of a content security policy that allow the page's own scripts
 */
record Page(byte[] content, String etag, String scripts) {

    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    /** Fills in what the build could not know: where the server is reached, and its settings. */
    static Page of(String template, String rootPath, String configuration) {
        String root = HtmlUtils.htmlEscape(rootPath);
        String html =
                template.replace("=\"./", "=\"" + root + "/")
                        .replace("<!--config-->", "<script>" + configuration + "</script>");
        String scripts =
                INLINE_SCRIPT
                        .matcher(html)
                        .results()
                        .map(script -> "'sha256-%s'".formatted(hash(script.group(1))))
                        .collect(Collectors.joining(" "));
        return new Page(
                html.getBytes(StandardCharsets.UTF_8), "\"%s\"".formatted(hash(html)), scripts);
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
