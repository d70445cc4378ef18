package dev.phoenix.server.ops;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps programs from being given the web interface's page where they asked for something that does
 * not exist.
 */
@Hidden
@RestController
class UncoveredRoutes {

    @GetMapping({"/v1/**", "/.well-known/**"})
    ResponseEntity<String> notFound() {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .contentType(HealthController.TEXT)
                .body("Not Found");
    }
}
