package dev.phoenix.server.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What two OpenAPI documents must agree on for generated clients to work with either. */
record OpenApiDocument(Map<String, Operation> operations, Map<String, Schema> schemas) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /**
     * @param parameters {@code query limit}, with a star when required
     * @param schemas names of the schemas of the request body and of successful answers
     */
    record Operation(String id, Set<String> parameters, Set<String> schemas) {}

    record Schema(Set<String> properties, Set<String> required, Set<String> references) {}

    static OpenApiDocument contract() {
        try (InputStream document =
                OpenApiDocument.class.getResourceAsStream("/contract/openapi.json")) {
            return parse(JsonMapper.shared().readTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenApiDocument parse(JsonNode document) {
        Map<String, Operation> operations = new TreeMap<>();
        document.get("paths")
                .forEachEntry(
                        (path, methods) ->
                                methods.forEachEntry(
                                        (method, operation) -> {
                                            if (METHODS.contains(method)) {
                                                operations.put(
                                                        method.toUpperCase(Locale.ROOT)
                                                                + " "
                                                                + path,
                                                        operation(operation));
                                            }
                                        }));
        Map<String, Schema> schemas = new TreeMap<>();
        document.at("/components/schemas")
                .forEachEntry((name, schema) -> schemas.put(name, schema(schema)));
        return new OpenApiDocument(operations, schemas);
    }

    /** Schemas an operation uses, and those that these use. */
    Set<String> reachable(Operation operation) {
        Set<String> reached = new TreeSet<>();
        List<String> open = new ArrayList<>(operation.schemas);
        while (!open.isEmpty()) {
            String name = open.removeLast();
            if (reached.add(name) && schemas.containsKey(name)) {
                open.addAll(schemas.get(name).references);
            }
        }
        return reached;
    }

    private static Operation operation(JsonNode operation) {
        Set<String> parameters = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            parameters.add(
                    parameter.get("in").asString()
                            + " "
                            + parameter.get("name").asString()
                            + (parameter.path("required").asBoolean() ? "*" : ""));
        }
        Set<String> schemas = references(operation.path("requestBody"));
        operation
                .path("responses")
                .forEachEntry(
                        (status, response) -> {
                            if (status.startsWith("2")) {
                                schemas.addAll(references(response));
                            }
                        });
        return new Operation(operation.get("operationId").asString(), parameters, schemas);
    }

    private static Schema schema(JsonNode schema) {
        Set<String> properties = new TreeSet<>(schema.path("properties").propertyNames());
        Set<String> required =
                schema.path("required")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new Schema(properties, required, references(schema));
    }

    private static Set<String> references(JsonNode node) {
        return node.findValuesAsString("$ref").stream()
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
