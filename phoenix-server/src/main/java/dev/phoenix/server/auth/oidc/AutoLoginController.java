package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.OidcSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the place of the log-in page where there is only one thing to do on it. */
@Hidden
@RestController
@Conditional(AutoLogin.class)
class AutoLoginController {

    /** Longer ones are nobody's way back, and too much for the headers of an answer. */
    private static final int LONGEST_QUERY = 6000;

    private final String target;

    AutoLoginController(OidcSettings settings, NetworkSettings network) {
        this.target =
                "%s/oauth2/%s/login"
                        .formatted(network.rootPath(), settings.autoLogin().orElseThrow().name());
    }

    @GetMapping("/login")
    ResponseEntity<Void> login(HttpServletRequest request) {
        String query = request.getQueryString();
        boolean kept = query != null && query.length() <= LONGEST_QUERY;
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .header("Location", kept ? target + "?" + query : target)
                .build();
    }
}
