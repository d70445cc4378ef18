package dev.phoenix.server.ops;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.settings.Version;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What load balancers, orchestrators and clients ask before anything else. */
@RestController
class HealthController {

    static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final Database database;

    HealthController(Database database) {
        this.database = database;
    }

    @GetMapping("/healthz")
    ResponseEntity<String> alive() {
        return text(HttpStatus.OK, "OK");
    }

    @GetMapping("/readyz")
    ResponseEntity<String> ready() {
        return database.isReachable()
                ? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body("{}")
                : text(HttpStatus.SERVICE_UNAVAILABLE, "database unreachable");
    }

    @GetMapping("/arize_phoenix_version")
    ResponseEntity<String> version() {
        return text(HttpStatus.OK, Version.current().contract());
    }

    private static ResponseEntity<String> text(HttpStatus status, String text) {
        return ResponseEntity.status(status).contentType(TEXT).body(text);
    }
}
