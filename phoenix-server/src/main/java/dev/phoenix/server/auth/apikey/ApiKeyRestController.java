package dev.phoenix.server.auth.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys over REST. Who may do what with which credential is the policy's to say. */
@RestController
@Tag(name = "api_keys")
class ApiKeyRestController {

    private final ApiKeys keys;
    private final Accounts accounts;
    private final StrictJson json;

    ApiKeyRestController(ApiKeys keys, Accounts accounts, StrictJson json) {
        this.keys = keys;
        this.accounts = accounts;
        this.json = json;
    }

    @Schema(
            name = "ApiKey",
            requiredProperties = {"id", "name", "created_at"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String id,
            String name,
            @Nullable String description,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {

        static Item of(ApiKey key) {
            return new Item(
                    key.id(), key.name(), key.description(), key.createdAt(), key.expiresAt());
        }
    }

    @Schema(
            name = "CreatedApiKey",
            requiredProperties = {"id", "name", "created_at", "key"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Created(
            String id,
            String name,
            @Nullable String description,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            String key) {

        static Created of(ApiKeys.Issued issued) {
            ApiKey key = issued.key();
            return new Created(
                    key.id(),
                    key.name(),
                    key.description(),
                    key.createdAt(),
                    key.expiresAt(),
                    issued.secret().reveal());
        }
    }

    @Schema(
            name = "ApiKeyUser",
            requiredProperties = {"id", "username", "email"})
    record Owner(String id, String username, @Nullable String email) {}

    @Schema(
            name = "UserApiKey",
            requiredProperties = {"id", "name", "created_at", "user"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwnedItem(
            String id,
            String name,
            @Nullable String description,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) Owner user) {}

    @Schema(requiredProperties = "data")
    record GetApiKeysResponseBody(List<Item> data) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetAllUserApiKeysResponseBody(
            List<OwnedItem> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "data")
    record CreateApiKeyResponseBody(Created data) {}

    @GetMapping("/v1/user/api_keys")
    GetApiKeysResponseBody getUserApiKeys(HttpServletRequest request) {
        Principal principal = CurrentPrincipal.of(request);
        boolean person =
                principal.credential() == Credential.SESSION
                        || principal.credential() == Credential.USER_KEY;
        return list(person ? keys.of(Objects.requireNonNull(principal.userId())) : List.of());
    }

    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = NewKeyBody.Documented.class)))
    @PostMapping("/v1/user/api_keys")
    @ResponseStatus(HttpStatus.CREATED)
    CreateApiKeyResponseBody createUserApiKey(HttpServletRequest request) {
        ApiKeys.Wanted wanted = NewKeyBody.read(json.read(request));
        return created(keys.issue(Caller.of(request), wanted));
    }

    /** To people who are no admins, keys of others do not exist. */
    @DeleteMapping("/v1/user/api_keys/{api_key_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUserApiKey(@PathVariable("api_key_id") String apiKeyId, HttpServletRequest request) {
        Principal principal = CurrentPrincipal.of(request);
        revoke(
                request,
                keys.find(id(ApiKey.USER_TYPE, apiKeyId))
                        .filter(key -> !key.system())
                        .filter(key -> principal.isAdmin() || principal.is(key.userId())));
    }

    @GetMapping("/v1/users/api_keys")
    GetAllUserApiKeysResponseBody getAllUserApiKeys(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit) {
        String given = Cursor.given(cursor);
        Long from = given == null ? null : (Long) Cursor.key(given);
        Page<ApiKey> page = keys.pageOfPeople(from, limit);
        Map<Long, User> owners =
                accounts.byIds(page.rows().stream().map(ApiKey::userId).distinct().toList());
        return new GetAllUserApiKeysResponseBody(
                page.rows().stream()
                        .filter(key -> owners.containsKey(key.userId()))
                        .map(key -> owned(key, Objects.requireNonNull(owners.get(key.userId()))))
                        .toList(),
                page.firstOfNext(ApiKey::id));
    }

    @GetMapping("/v1/system/api_keys")
    GetApiKeysResponseBody getSystemApiKeys() {
        return list(keys.ofSystem());
    }

    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = NewKeyBody.Documented.class)))
    @PostMapping("/v1/system/api_keys")
    @ResponseStatus(HttpStatus.CREATED)
    CreateApiKeyResponseBody createSystemApiKey(HttpServletRequest request) {
        return created(
                keys.issueForSystem(Caller.of(request), NewKeyBody.read(json.read(request))));
    }

    @DeleteMapping("/v1/system/api_keys/{api_key_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSystemApiKey(
            @PathVariable("api_key_id") String apiKeyId, HttpServletRequest request) {
        revoke(request, keys.find(id(ApiKey.SYSTEM_TYPE, apiKeyId)).filter(ApiKey::system));
    }

    private void revoke(HttpServletRequest request, Optional<ApiKey> key) {
        if (key.filter(found -> keys.revoke(Caller.of(request), found)).isEmpty()) {
            throw missing();
        }
    }

    private static GetApiKeysResponseBody list(List<ApiKey> keys) {
        return new GetApiKeysResponseBody(keys.stream().map(Item::of).toList());
    }

    private static CreateApiKeyResponseBody created(ApiKeys.Issued issued) {
        return new CreateApiKeyResponseBody(Created.of(issued));
    }

    private static OwnedItem owned(ApiKey key, User owner) {
        return new OwnedItem(
                key.id(),
                key.name(),
                key.description(),
                key.createdAt(),
                key.expiresAt(),
                new Owner(GlobalId.encode(User.TYPE, owner.id()), owner.username(), owner.email()));
    }

    private static long id(String type, String id) {
        return GlobalId.keyOf(type, id)
                .orElseThrow(
                        () ->
                                ApiException.unprocessable(
                                        "api_key_id must be the id of a %s, was %s"
                                                .formatted(type, id)));
    }

    private static ApiException missing() {
        return ApiException.notFound("API key not found");
    }
}
