package dev.phoenix.server.api;

import graphql.schema.idl.RuntimeWiring;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets GraphQL read its enums as ours. */
public final class GraphQlEnums {

    private GraphQlEnums() {}

    public static <E extends WireEnum> void wire(
            RuntimeWiring.Builder wiring, String graphQlType, E[] constants) {
        Map<String, E> byName =
                Arrays.stream(constants)
                        .collect(Collectors.toMap(WireEnum::wireName, Function.identity()));
        wiring.type(graphQlType, type -> type.enumValues(byName::get));
    }
}
