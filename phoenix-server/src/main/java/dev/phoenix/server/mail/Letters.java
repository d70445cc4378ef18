package dev.phoenix.server.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** The letters this server writes. */
@Component
public final class Letters {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String frame = template("frame");
    private final String welcome = template("welcome");
    private final String reset = template("reset");
    private final String storage = template("storage");

    /** To somebody who was given an account. */
    Letter welcome(String address, String username, URI link) {
        return letter(
                List.of(address),
                Optional.empty(),
                "[Phoenix] Welcome",
                fill(welcome, Map.of("username", username, "url", link.toString())));
    }

    /** To somebody who may choose a new password there. */
    Letter reset(String address, URI link) {
        return letter(
                List.of(address),
                Optional.empty(),
                "[Phoenix] Password reset request",
                fill(reset, Map.of("url", link.toString())));
    }

    /**
     * To those who can make room.
     *
     * @param percent of the capacity in use
     * @param threshold the percentage that was exceeded
     */
    public Letter storageWarning(
            List<String> addresses,
            Optional<String> support,
            long percent,
            double threshold,
            URI link) {
        return letter(
                addresses,
                support,
                "[Phoenix] Database disk usage above the threshold",
                fill(
                        storage,
                        Map.of(
                                "percent", Long.toString(percent),
                                "threshold", Double.toString(threshold),
                                "url", link.toString())));
    }

    private Letter letter(List<String> to, Optional<String> copy, String subject, String body) {
        return new Letter(to, copy, subject, frame.replace("{{body}}", body));
    }

    /** In one go: what a value holds is not looked at again. */
    private static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        HtmlUtils.htmlEscape(
                                                Objects.requireNonNull(
                                                        values.get(place.group(1))))));
    }

    private static String template(String name) {
        try {
            return new ClassPathResource("mail/" + name + ".html")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
