package dev.phoenix.server.cost;

import dev.phoenix.server.kit.Api;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Makes models of a test's own. */
record Models(Api api) {

    private static final AtomicLong NAMES = new AtomicLong(System.nanoTime());

    static String newName() {
        return "model-" + NAMES.incrementAndGet();
    }

    /** Returns the name of a new model with these prices for a million tokens. */
    String create(double input, double output) {
        String name = newName();
        create(input(name, input, output));
        return name;
    }

    JsonNode create(Map<String, Object> input) {
        return api.query(
                        "mutation($input: CreateModelMutationInput!) {createModel(input: $input) {model {id name}}}",
                        Map.of("input", input))
                .at("/createModel/model");
    }

    JsonNode update(String id, Map<String, Object> input) {
        Map<String, Object> withId = new java.util.HashMap<>(input);
        withId.put("id", id);
        return api.query(
                        "mutation($input: UpdateModelMutationInput!) {updateModel(input: $input) {model {id name}}}",
                        Map.of("input", withId))
                .at("/updateModel/model");
    }

    JsonNode delete(String id) {
        return api.query(
                        "mutation {deleteModel(input: {id: \"%s\"}) {model {id name} query {projectCount}}}"
                                .formatted(id))
                .at("/deleteModel/model");
    }

    static Map<String, Object> input(String name, double input, double output) {
        return Map.of(
                "name",
                name,
                "namePattern",
                "^" + name + "$",
                "costs",
                List.of(cost("input", "PROMPT", input), cost("output", "COMPLETION", output)));
    }

    static Map<String, Object> cost(String type, String kind, double millionTokens) {
        return Map.of("tokenType", type, "kind", kind, "costPerMillionTokens", millionTokens);
    }
}
