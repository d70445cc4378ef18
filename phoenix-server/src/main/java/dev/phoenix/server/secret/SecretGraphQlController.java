package dev.phoenix.server.secret;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.auth.browser.ClientAddress;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Secrets over GraphQL: their names for everybody, their redacted values for admins. */
@Controller
class SecretGraphQlController implements NodeSource {

    private static final int MOST = 1000;

    private final Secrets secrets;
    private final SecretEditor editor;
    private final Encryption encryption;
    private final Redaction redaction;
    private final Accounts accounts;

    SecretGraphQlController(
            Secrets secrets,
            SecretEditor editor,
            Encryption encryption,
            Redaction redaction,
            Accounts accounts) {
        this.secrets = secrets;
        this.editor = editor;
        this.encryption = encryption;
        this.redaction = redaction;
        this.accounts = accounts;
    }

    /** The object of the schema; its value is looked at only where it is asked for. */
    record Secret(String id, String key, Instant updatedAt, StoredSecret stored) {

        static Secret of(StoredSecret stored) {
            return new Secret(stored.id(), stored.name(), stored.updatedAt(), stored);
        }
    }

    record KeyValue(String key, @Nullable String value) {}

    record Input(List<KeyValue> secrets) {}

    /** What is in a secret. */
    sealed interface ResolvedSecret {}

    record DecryptedSecret(String value) implements ResolvedSecret {}

    record UnparsableSecret(String parseError) implements ResolvedSecret {}

    /** What the mutation answers; everything else can be asked for beside it. */
    record Payload(List<Secret> upsertedSecrets, List<String> deletedIds) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    Connection<Secret> secrets(
            @Argument @Nullable List<String> keys,
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        return secrets.page(keys, ConnectionRange.of(first, last, after, before), Secret::of);
    }

    @MutationMapping
    Payload upsertOrDeleteSecrets(@Argument Input input, DataFetchingEnvironment environment) {
        if (input.secrets().isEmpty() || input.secrets().size() > MOST) {
            throw ApiException.badRequest(
                    "secrets must have 1..%d entries, had %d"
                            .formatted(MOST, input.secrets().size()));
        }
        SecretEditor.Outcome outcome =
                editor.apply(
                        input.secrets().stream()
                                .map(entry -> SecretChange.checked(entry.key(), entry.value()))
                                .toList(),
                        CurrentPrincipal.of(environment).actor(),
                        ClientAddress.of(CurrentPrincipal.request(environment)));
        List<Secret> upserted = secrets.named(outcome.upserted()).stream().map(Secret::of).toList();
        return new Payload(
                upserted,
                outcome.deletedKeys().stream()
                        .map(key -> GlobalId.encode(StoredSecret.TYPE, key))
                        .toList());
    }

    @SchemaMapping(typeName = "Secret")
    ResolvedSecret value(Secret secret) {
        return encryption
                .decrypt(secret.stored().encrypted())
                .<ResolvedSecret>map(plaintext -> new DecryptedSecret(redaction.redact(plaintext)))
                .orElseGet(
                        () ->
                                new UnparsableSecret(
                                        "PHOENIX_SECRET has changed since %s was stored; set the secret again, or list the earlier PHOENIX_SECRET in PHOENIX_PREVIOUS_SECRETS"
                                                .formatted(secret.key())));
    }

    /** Who stored them, as far as they still have an account. */
    @BatchMapping(typeName = "Secret")
    Map<Secret, User> user(List<Secret> listed) {
        return Batch.join(listed, secret -> secret.stored().userId(), accounts::byIds);
    }

    @Override
    public String type() {
        return StoredSecret.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return secrets.find(key).map(Secret::of).orElse(null);
    }
}
