package dev.phoenix.server.auth;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shortest valid query for a root field, with arguments that name nothing that exists. */
final class SampleQuery {

    private static final Path FOLDER = Path.of("src/main/resources/graphql");

    private SampleQuery() {}

    /** What the server serves, without what fetches it. */
    static GraphQLSchema schema() {
        TypeDefinitionRegistry all = new TypeDefinitionRegistry();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                all.merge(new SchemaParser().parse(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(all);
    }

    /**
     * @param place such as {@code Mutation.createUser}
     */
    static String of(GraphQLSchema schema, String place) {
        String[] parts = place.split("\\.");
        GraphQLObjectType root =
                (GraphQLObjectType) Objects.requireNonNull(schema.getType(parts[0]));
        GraphQLFieldDefinition field = root.getFieldDefinition(parts[1]);
        String arguments =
                field.getArguments().stream()
                        .filter(SampleQuery::isRequired)
                        .map(argument -> argument.getName() + ": " + value(argument.getType()))
                        .collect(Collectors.joining(", "));
        GraphQLType answer = GraphQLTypeUtil.unwrapAll(field.getType());
        boolean leaf = answer instanceof GraphQLScalarType || answer instanceof GraphQLEnumType;
        return "%s {%s%s%s}"
                .formatted(
                        parts[0].equals("Mutation") ? "mutation" : "query",
                        field.getName(),
                        arguments.isEmpty() ? "" : "(" + arguments + ")",
                        leaf ? "" : " {__typename}");
    }

    private static boolean isRequired(GraphQLArgument argument) {
        return argument.getType() instanceof GraphQLNonNull && !argument.hasSetDefaultValue();
    }

    private static boolean isRequired(GraphQLInputObjectField field) {
        return field.getType() instanceof GraphQLNonNull && !field.hasSetDefaultValue();
    }

    private static String value(GraphQLInputType type) {
        GraphQLType bare = type instanceof GraphQLNonNull some ? some.getWrappedType() : type;
        return switch (bare) {
            case GraphQLList _ -> "[]";
            case GraphQLEnumType choices -> choices.getValues().getFirst().getName();
            case GraphQLInputObjectType choice when choice.isOneOf() -> {
                GraphQLInputObjectField first = choice.getFieldDefinitions().getFirst();
                yield "{%s: %s}".formatted(first.getName(), value(first.getType()));
            }
            case GraphQLInputObjectType object ->
                    object.getFieldDefinitions().stream()
                            .filter(SampleQuery::isRequired)
                            .map(field -> field.getName() + ": " + value(field.getType()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case GraphQLScalarType scalar -> scalar(scalar);
            default -> throw new IllegalArgumentException(((GraphQLNamedType) bare).getName());
        };
    }

    private static String scalar(GraphQLScalarType type) {
        return switch (type.getName()) {
            case "Int", "Float" -> "1";
            case "Boolean" -> "false";
            case "DateTime" -> "\"2026-01-01T00:00:00+00:00\"";
            case "JSON" -> "{}";
            default -> "\"x\"";
        };
    }
}
