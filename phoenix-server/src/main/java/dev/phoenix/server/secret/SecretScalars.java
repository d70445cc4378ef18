package dev.phoenix.server.secret;

import graphql.Scalars;
import graphql.schema.GraphQLScalarType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** A redacted value is a text under a name of its own. */
@Configuration(proxyBeanMethods = false)
class SecretScalars {

    @Bean
    RuntimeWiringConfigurer redactedString() {
        return wiring ->
                wiring.scalar(
                        GraphQLScalarType.newScalar()
                                .name("RedactedString")
                                .coercing(Scalars.GraphQLString.getCoercing())
                                .build());
    }
}
