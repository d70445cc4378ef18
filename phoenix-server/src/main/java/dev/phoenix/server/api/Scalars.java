package dev.phoenix.server.api;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

    /** Any value, as maps, lists, texts, numbers and booleans. */
    private static final class Json implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            return result;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            return input;
        }

        @Override
        public Object parseLiteral(
                Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            Object value = value(input, variables);
            if (value == null) {
                throw new CoercingParseLiteralException("null is no JSON value here");
            }
            return value;
        }

        private static @Nullable Object value(Value<?> literal, CoercedVariables variables) {
            return switch (literal) {
                case StringValue text -> text.getValue();
                case IntValue number -> number.getValue();
                case FloatValue number -> number.getValue();
                case BooleanValue truth -> truth.isValue();
                case EnumValue name -> name.getName();
                case VariableReference variable -> variables.get(variable.getName());
                case ArrayValue array -> {
                    List<@Nullable Object> items = new ArrayList<>();
                    array.getValues().forEach(item -> items.add(value(item, variables)));
                    yield items;
                }
                case ObjectValue object -> {
                    Map<String, @Nullable Object> members = new LinkedHashMap<>();
                    object.getObjectFields()
                            .forEach(
                                    field ->
                                            members.put(
                                                    field.getName(),
                                                    value(field.getValue(), variables)));
                    yield members;
                }
                default -> null;
            };
        }
    }
}
