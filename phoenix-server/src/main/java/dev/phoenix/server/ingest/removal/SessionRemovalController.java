package dev.phoenix.server.ingest.removal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.auth.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deletes sessions over REST, with their traces. */
@RestController
@Tag(name = "sessions")
class SessionRemovalController {

    private static final int MOST = 10_000;

    private final Identifiers identifiers;
    private final TraceRemovals removals;

    SessionRemovalController(Identifiers identifiers, TraceRemovals removals) {
        this.identifiers = identifiers;
        this.removals = removals;
    }

    @Schema(requiredProperties = "session_identifiers")
    record DeleteSessionsRequestBody(
            @NotNull @JsonProperty("session_identifiers")
                    List<@NotNull String> sessionIdentifiers) {}

    @DeleteMapping("/v1/sessions/{session_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSession(
            @PathVariable("session_identifier") String identifier, HttpServletRequest request) {
        removals.sessions(Set.of(identifiers.session(identifier)), identifier, Caller.of(request));
    }

    /** Unknown ones are no mistake: clients delete what they listed a while ago. */
    @PostMapping("/v1/sessions/delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSessions(
            @Valid @RequestBody DeleteSessionsRequestBody body, HttpServletRequest request) {
        List<String> given = body.sessionIdentifiers();
        if (given.isEmpty() || given.size() > MOST) {
            throw ApiException.unprocessable(
                    "session_identifiers must have 1..%d entries, had %d"
                            .formatted(MOST, given.size()));
        }
        long named = given.stream().filter(Identifiers::isSessionId).count();
        if (named > 0 && named < given.size()) {
            throw ApiException.unprocessable(
                    "session_identifiers must be all global ids or all session ids, was a mixture");
        }
        Set<Long> keys = Set.copyOf(identifiers.sessions(given).values());
        if (!keys.isEmpty()) {
            removals.sessions(keys, keys.size() + " sessions", Caller.of(request));
        }
    }
}
