package dev.phoenix.server.api;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** The scalars of the schema, and the enum every sorted list shares. */
@Configuration(proxyBeanMethods = false)
class Scalars {

    @Bean
    RuntimeWiringConfigurer scalarWiring() {
        return wiring -> {
            wiring.scalar(scalar("DateTime", new DateTime())).scalar(scalar("JSON", new Json()));
            GraphQlEnums.wire(wiring, "SortDir", SortDirection.values());
        };
    }

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    private static final class DateTime implements Coercing<Instant, String> {

        @Override
        public String serialize(Object result, GraphQLContext context, Locale locale) {
            if (result instanceof Instant time) {
                return Timestamps.format(time);
            }
            throw new CoercingSerializeException("no DateTime: " + result.getClass());
        }

        @Override
        public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                return Timestamps.parse(input.toString());
            } catch (DateTimeException | ArithmeticException e) {
                throw new CoercingParseValueException(message(input), e);
            }
        }

        @Override
        public Instant parseLiteral(
                Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                return Timestamps.parse(Objects.toString(((StringValue) input).getValue()));
            } catch (DateTimeException | ArithmeticException | ClassCastException e) {
                throw new CoercingParseLiteralException(message(input), e);
            }
        }

        private static String message(Object input) {
            return "a DateTime must be ISO 8601 such as 2026-01-31T12:00:00+00:00, was " + input;
        }
    }

    /** Written as it is. No input takes JSON yet. */
    private static final class Json implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            return result;
        }
    }
}
