package dev.phoenix.server.api;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Remembers queries that were parsed and found valid, because interfaces send the same ones again
 * and again. What they may cost is looked at each time they run.
 */
@Configuration(proxyBeanMethods = false)
class ParsedQueries {

    /** Of all queries together; a parsed one takes about fifty times as many bytes. */
    private static final int MOST_CHARACTERS = 200_000;

    private static final int LONGEST = 20_000;

    @Bean
    static GraphQlSourceBuilderCustomizer rememberedQueries() {
        Remembered remembered = new Remembered();
        return source ->
                source.configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(remembered));
    }

    private static final class Remembered implements PreparsedDocumentProvider {

        /** The least recently used first. */
        private final Map<String, PreparsedDocumentEntry> entries =
                new LinkedHashMap<>(16, 0.75f, true);

        private int characters;

        @Override
        public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
                ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> read) {
            String query = input.getQuery();
            PreparsedDocumentEntry known = known(query);
            if (known == null) {
                known = read.apply(input);
                if (!known.hasErrors() && query.length() <= LONGEST) {
                    keep(query, known);
                }
            }
            return CompletableFuture.completedFuture(known);
        }

        private synchronized @Nullable PreparsedDocumentEntry known(String query) {
            return entries.get(query);
        }

        private synchronized void keep(String query, PreparsedDocumentEntry entry) {
            if (entries.put(query, entry) == null) {
                characters += query.length();
            }
            Iterator<String> eldest = entries.keySet().iterator();
            while (characters > MOST_CHARACTERS) {
                characters -= eldest.next().length();
                eldest.remove();
            }
        }
    }
}
