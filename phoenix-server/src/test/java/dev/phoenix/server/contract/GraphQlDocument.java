package dev.phoenix.server.contract;

import graphql.language.AbstractDescribedNode;
import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The types of a GraphQL schema, in a form that can be compared and listed. */
record GraphQlDocument(Map<String, Type> types) {

    /**
     * @param fields of objects, interfaces and inputs; values of enums
     * @param extension whether its description calls it one
     */
    record Type(String kind, Map<String, Field> fields, boolean extension) {}

    /**
     * @param type with its default, if it is an argument or a part of an input; empty for values of
     *     enums
     */
    record Field(String type, Map<String, Field> arguments, boolean extension) {}

    static GraphQlDocument contract() {
        return read("classpath:contract/graphql.graphqls");
    }

    static GraphQlDocument live() {
        return read("classpath:graphql/*.graphqls");
    }

    Type type(String name) {
        return types.getOrDefault(name, new Type("", Map.of(), false));
    }

    private static GraphQlDocument read(String pattern) {
        try {
            TypeDefinitionRegistry registry = new TypeDefinitionRegistry();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                String text = file.getContentAsString(StandardCharsets.UTF_8);
                registry = registry.merge(new SchemaParser().parse(text));
            }
            Map<String, Type> types = new TreeMap<>();
            registry.types().forEach((name, definition) -> types.put(name, type(definition)));
            registry.objectTypeExtensions()
                    .forEach(
                            (name, extensions) ->
                                    extensions.forEach(
                                            extension ->
                                                    Objects.requireNonNull(types.get(name))
                                                            .fields()
                                                            .putAll(fields(extension))));
            registry.scalars()
                    .forEach(
                            (name, scalar) -> {
                                if (scalar.getSourceLocation() != null) {
                                    types.put(name, new Type("scalar", Map.of(), false));
                                }
                            });
            return new GraphQlDocument(types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Type type(TypeDefinition<?> definition) {
        String kind =
                definition
                        .getClass()
                        .getSimpleName()
                        .replaceAll("(Object)?TypeDefinition$", "")
                        .toLowerCase(Locale.ROOT);
        return new Type(
                kind.isEmpty() ? "type" : kind, fields(definition), isExtension(definition));
    }

    private static Map<String, Field> fields(SDLDefinition<?> definition) {
        Map<String, Field> fields = new LinkedHashMap<>();
        switch (definition) {
            case ObjectTypeDefinition object -> outputs(object.getFieldDefinitions(), fields);
            case InterfaceTypeDefinition object -> outputs(object.getFieldDefinitions(), fields);
            case InputObjectTypeDefinition input ->
                    input.getInputValueDefinitions()
                            .forEach(value -> fields.put(value.getName(), input(value)));
            case EnumTypeDefinition values ->
                    values.getEnumValueDefinitions()
                            .forEach(
                                    value ->
                                            fields.put(
                                                    value.getName(),
                                                    new Field("", Map.of(), isExtension(value))));
            default -> {}
        }
        return fields;
    }

    private static void outputs(List<FieldDefinition> definitions, Map<String, Field> fields) {
        for (FieldDefinition field : definitions) {
            Map<String, Field> arguments = new LinkedHashMap<>();
            field.getInputValueDefinitions()
                    .forEach(argument -> arguments.put(argument.getName(), input(argument)));
            String type = AstPrinter.printAstCompact(field.getType());
            fields.put(field.getName(), new Field(type, arguments, isExtension(field)));
        }
    }

    private static Field input(InputValueDefinition value) {
        String type = AstPrinter.printAstCompact(value.getType());
        // No default and a null default read the same for us.
        String standard =
                value.getDefaultValue() == null
                        ? "null"
                        : AstPrinter.printAstCompact(value.getDefaultValue());
        return new Field(
                standard.equals("null") ? type : type + " = " + standard,
                Map.of(),
                isExtension(value));
    }

    private static boolean isExtension(Object definition) {
        return definition instanceof AbstractDescribedNode<?> node
                && node.getDescription() != null
                && node.getDescription().getContent().startsWith("Extension");
    }
}
