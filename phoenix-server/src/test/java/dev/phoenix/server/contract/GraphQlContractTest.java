package dev.phoenix.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.contract.GraphQlDocument.Field;
import dev.phoenix.server.contract.GraphQlDocument.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphQlContractTest {

    private final GraphQlDocument contract = GraphQlDocument.contract();
    private final GraphQlDocument live = GraphQlDocument.live();

    @Test
    void whateverIsBeyondTheContract_isCalledAnExtension() {
        live.types()
                .forEach(
                        (name, type) -> {
                            boolean known = contract.types().containsKey(name);
                            assertThat(type.extension()).as(name).isEqualTo(!known);
                            if (known) {
                                assertFieldsAreCalledExtensions(name, type);
                            }
                        });
    }

    @Test
    void everythingElse_hasTheTypesOfTheContract() {
        live.types()
                .forEach(
                        (name, type) -> {
                            if (!type.extension()) {
                                Type expected = contract.type(name);
                                assertThat(type.kind()).as(name).isEqualTo(expected.kind());
                                type.fields()
                                        .forEach(
                                                (field, shape) ->
                                                        assertShape(name, field, shape, expected));
                            }
                        });
    }

    private void assertFieldsAreCalledExtensions(String name, Type type) {
        type.fields()
                .forEach(
                        (field, shape) ->
                                assertThat(shape.extension())
                                        .as(name + "." + field)
                                        .isEqualTo(
                                                !contract.type(name).fields().containsKey(field)));
    }

    private static void assertShape(String name, String field, Field shape, Type expected) {
        Field wanted = expected.fields().get(field);
        if (wanted != null) {
            assertThat(shape.type()).as(name + "." + field).isEqualTo(wanted.type());
            shape.arguments()
                    .forEach(
                            (argument, given) ->
                                    assertArgument(
                                            name + "." + field + "(" + argument + ")",
                                            given,
                                            wanted.arguments().get(argument)));
        }
    }

    private static void assertArgument(String name, Field given, @Nullable Field wanted) {
        assertThat(given.extension()).as(name).isEqualTo(wanted == null);
        if (wanted != null) {
            assertThat(given.type()).as(name).isEqualTo(wanted.type());
        }
    }
}
