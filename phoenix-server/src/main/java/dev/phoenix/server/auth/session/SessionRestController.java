package dev.phoenix.server.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people are logged in, and how to end it, over REST. */
@RestController
@Tag(name = "users")
class SessionRestController {

    /** The name of sessions of people in global ids; other sessions are conversations. */
    private static final String TYPE = "UserSession";

    private final Sessions sessions;
    private final Accounts accounts;

    SessionRestController(Sessions sessions, Accounts accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @Schema(name = "UserSession")
    record Item(
            String id,
            @JsonProperty("login_method") String loginMethod,
            @Nullable String address,
            @JsonProperty("user_agent") @Nullable String userAgent,
            @JsonProperty("started_at") Instant startedAt,
            @JsonProperty("renewed_at") Instant renewedAt,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("is_current") boolean current) {

        static Item of(Sessions.Open session, Principal principal) {
            return new Item(
                    GlobalId.encode(TYPE, session.id()),
                    session.how().name(),
                    session.address(),
                    session.userAgent(),
                    session.startedAt(),
                    session.renewedAt(),
                    session.expiresAt(),
                    principal.credential() == Credential.SESSION
                            && principal.credentialId() == session.id());
        }
    }

    record GetUserSessionsResponseBody(List<Item> data) {}

    @GetMapping("/v1/user/sessions")
    GetUserSessionsResponseBody getOwnSessions(HttpServletRequest request) {
        Principal principal = CurrentPrincipal.of(request);
        return list(own(principal), principal);
    }

    @DeleteMapping("/v1/user/sessions/{session_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteOwnSession(
            @PathVariable("session_id") String sessionId, HttpServletRequest request) {
        long session = key(TYPE, "session_id", sessionId);
        Caller caller = Caller.of(request);
        if (!sessions.end(caller, own(caller.principal()), session)) {
            throw ApiException.notFound("Session not found");
        }
    }

    @GetMapping("/v1/users/{user_id}/sessions")
    GetUserSessionsResponseBody getSessions(
            @PathVariable("user_id") String userId, HttpServletRequest request) {
        return list(user(userId), CurrentPrincipal.of(request));
    }

    @DeleteMapping("/v1/users/{user_id}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSessions(@PathVariable("user_id") String userId, HttpServletRequest request) {
        sessions.endAll(Caller.of(request), user(userId));
    }

    private GetUserSessionsResponseBody list(long userId, Principal principal) {
        return new GetUserSessionsResponseBody(
                sessions.of(userId).stream().map(session -> Item.of(session, principal)).toList());
    }

    private static long own(Principal principal) {
        Long id = principal.userId();
        if (id == null) {
            throw new IllegalStateException("the policy lets only users through");
        }
        return id;
    }

    private long user(String userId) {
        long id = key(User.TYPE, "user_id", userId);
        return accounts.find(id)
                .map(User::id)
                .orElseThrow(() -> ApiException.notFound("User not found"));
    }

    private static long key(String type, String parameter, String id) {
        return GlobalId.keyOf(type, id)
                .orElseThrow(
                        () ->
                                ApiException.unprocessable(
                                        "%s must be the id of a %s, was %s"
                                                .formatted(parameter, type, id)));
    }
}
