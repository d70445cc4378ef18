package dev.phoenix.server.auth.apikey;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.apikey.ApiKeyNode.UserApiKey;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;

/** API keys over GraphQL. */
@Controller
class ApiKeyGraphQlController {

    private final ApiKeys keys;
    private final Accounts accounts;

    ApiKeyGraphQlController(ApiKeys keys, Accounts accounts) {
        this.keys = keys;
        this.accounts = accounts;
    }

    record NewKey(String name, @Nullable String description, @Nullable Instant expiresAt) {

        ApiKeys.Wanted wanted() {
            return new ApiKeys.Wanted(name, description, expiresAt);
        }
    }

    record DeletedKey(String id) {}

    /** What creating answers; everything else can be asked for beside it. */
    record Created(String jwt, ApiKeyNode apiKey) {

        static Created of(ApiKeys.Issued issued) {
            return new Created(issued.secret().reveal(), ApiKeyNode.of(issued.key()));
        }

        public Object query() {
            return this;
        }
    }

    record Deleted(String apiKeyId) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    List<ApiKeyNode> userApiKeys() {
        return keys.ofPeople().stream().map(ApiKeyNode::of).toList();
    }

    @QueryMapping
    List<ApiKeyNode> systemApiKeys() {
        return keys.ofSystem().stream().map(ApiKeyNode::of).toList();
    }

    @MutationMapping
    Created createUserApiKey(@Argument NewKey input, DataFetchingEnvironment environment) {
        return Created.of(keys.issue(Caller.of(environment), input.wanted()));
    }

    @MutationMapping
    Created createSystemApiKey(@Argument NewKey input, DataFetchingEnvironment environment) {
        return Created.of(keys.issueForSystem(Caller.of(environment), input.wanted()));
    }

    @MutationMapping
    Deleted deleteUserApiKey(@Argument DeletedKey input, DataFetchingEnvironment environment) {
        return revoked(
                input.id(),
                environment,
                find(ApiKey.USER_TYPE, input.id())
                        .filter(key -> !key.system())
                        .filter(key -> mayRevoke(CurrentPrincipal.of(environment), key)));
    }

    @MutationMapping
    Deleted deleteSystemApiKey(@Argument DeletedKey input, DataFetchingEnvironment environment) {
        return revoked(
                input.id(),
                environment,
                find(ApiKey.SYSTEM_TYPE, input.id()).filter(ApiKey::system));
    }

    private Deleted revoked(String id, DataFetchingEnvironment environment, Optional<ApiKey> key) {
        return key.filter(found -> keys.revoke(Caller.of(environment), found))
                .map(_ -> new Deleted(id))
                .orElseThrow(ApiKeyGraphQlController::missing);
    }

    @SchemaMapping
    List<ApiKeyNode> apiKeys(User user, DataFetchingEnvironment environment) {
        Principal principal = CurrentPrincipal.of(environment);
        if (!principal.isAdmin() && !principal.is(user.id())) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN, "only admins can look up the keys of other users");
        }
        return user.isSystem()
                ? List.of()
                : keys.of(user.id()).stream().map(ApiKeyNode::of).toList();
    }

    @BatchMapping
    List<Integer> apiKeyCount(List<User> users) {
        Map<Long, Integer> counts = keys.counts(users.stream().map(User::id).toList());
        return users.stream().map(user -> counts.getOrDefault(user.id(), 0)).toList();
    }

    @BatchMapping(typeName = "UserApiKey", field = "user")
    Map<UserApiKey, User> owners(List<UserApiKey> listed) {
        return Batch.join(listed, node -> node.key().userId(), accounts::byIds);
    }

    @Bean
    static NodeSource userApiKeyNodes(ApiKeys keys) {
        return new Nodes(ApiKey.USER_TYPE, keys);
    }

    @Bean
    static NodeSource systemApiKeyNodes(ApiKeys keys) {
        return new Nodes(ApiKey.SYSTEM_TYPE, keys);
    }

    private record Nodes(String type, ApiKeys keys) implements NodeSource {

        @Override
        public @Nullable Object find(long key) {
            return keys.find(key)
                    .filter(found -> found.system() == type.equals(ApiKey.SYSTEM_TYPE))
                    .map(ApiKeyNode::of)
                    .orElse(null);
        }

        /** Keys of others do not exist, except for admins. */
        @Override
        public @Nullable Object find(long key, DataFetchingEnvironment environment) {
            Principal principal = CurrentPrincipal.of(environment);
            return keys.find(key).filter(found -> mayRevoke(principal, found)).isPresent()
                    ? find(key)
                    : null;
        }
    }

    private static boolean mayRevoke(Principal principal, ApiKey key) {
        return principal.isAdmin() || (!key.system() && principal.is(key.userId()));
    }

    private Optional<ApiKey> find(String type, String id) {
        var key = GlobalId.keyOf(type, id);
        return key.isPresent() ? keys.find(key.getAsLong()) : Optional.empty();
    }

    private static ApiException missing() {
        return ApiException.notFound("API key not found");
    }
}
