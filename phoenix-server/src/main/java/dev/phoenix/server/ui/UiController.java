package dev.phoenix.server.ui;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.Settings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Any address but those of the APIs is the page's: it finds out itself what to show there. */
@Hidden
@RestController
@Conditional(BundleIsServed.class)
class UiController {

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl FOR_AN_HOUR = CacheControl.maxAge(Duration.ofHours(1));

    /** Names the build gives to compressed copies, the smallest first. */
    private static final List<Coding> CODINGS =
            List.of(new Coding("br", ".br"), new Coding("gzip", ".gz"));

    private record Coding(String name, String suffix) {}

    private final Bundle bundle;
    private final Page page;
    private final String pagePolicy;
    private final URI home;

    UiController(Settings settings, JsonMapper json) {
        String rootPath = settings.network().rootPath();
        this.bundle = Bundle.load();
        this.page = Page.of(bundle.page(), rootPath, PageConfig.of(settings).script(json));
        this.pagePolicy = PagePolicy.of(page, settings.ui());
        this.home = URI.create(rootPath + "/");
    }

    @GetMapping("/**")
    @Nullable ResponseEntity<byte[]> page(WebRequest request, HttpServletResponse response) {
        // Also when the page has not changed: what comes with that answer replaces what browsers
        // have kept with the page.
        response.setHeader("Content-Security-Policy", pagePolicy);
        if (request.checkNotModified(page.etag())) {
            return null;
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(page.content());
    }

    /** Their names change with their content. */
    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
                    @Nullable String accepted) {
        return file("assets/" + name, FOR_EVER, accepted);
    }

    @GetMapping("/phoenix.svg")
    ResponseEntity<byte[]> icon(
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
                    @Nullable String accepted) {
        return file("phoenix.svg", FOR_AN_HOUR, accepted);
    }

    /** People open the address their exporter sends to. */
    @GetMapping("/v1/traces")
    ResponseEntity<String> collector(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accepted) {
        if (accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            return ResponseEntity.status(HttpStatus.FOUND).location(home).build();
        }
        throw ApiException.notFound("Not Found");
    }

    private ResponseEntity<byte[]> file(
            String path, CacheControl caching, @Nullable String accepted) {
        byte[] plain =
                bundle.file(path).orElseThrow(() -> ApiException.notFound("no file " + path));
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .cacheControl(caching)
                        // Otherwise Spring guesses a name to download it by.
                        .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                        .varyBy(HttpHeaders.ACCEPT_ENCODING)
                        .contentType(
                                MediaTypeFactory.getMediaType(path)
                                        .orElse(MediaType.APPLICATION_OCTET_STREAM));
        for (Coding coding : CODINGS) {
            Optional<byte[]> compressed = bundle.file(path + coding.suffix());
            if (compressed.isPresent() && accepts(accepted, coding)) {
                return answer.header(HttpHeaders.CONTENT_ENCODING, coding.name())
                        .body(compressed.get());
            }
        }
        return answer.body(plain);
    }

    private static boolean accepts(@Nullable String accepted, Coding coding) {
        if (accepted == null) {
            return false;
        }
        for (String element : accepted.split(",")) {
            String[] parts = element.trim().split(";");
            if (parts[0].trim().equalsIgnoreCase(coding.name())) {
                return parts.length == 1 || !parts[1].trim().matches("q=0(\\.0+)?");
            }
        }
        return false;
    }
}
