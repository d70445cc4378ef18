package dev.phoenix.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.contract.OpenApiDocument.Operation;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ServerTest
class OpenApiContractTest {

    private final JsonNode served;
    private final OpenApiDocument live;
    private final OpenApiDocument contract = OpenApiDocument.contract();

    OpenApiContractTest(TestServer server) {
        this.served = new Api(server).get("/openapi.json");
        this.live = OpenApiDocument.parse(served);
    }

    @Test
    void document_hasTheContractsTitleAndNoHost() {
        assertThat(served.get("info"))
                .isEqualTo(Api.json("{'title': 'REST API', 'version': '1.0'}"));
        assertThat(served.get("servers")).isEqualTo(Api.json("[{'url': '/'}]"));
    }

    @Test
    void operationsBeyondTheContract_areExtensions() {
        Set<String> beyond = new TreeSet<>(live.operations().keySet());
        beyond.removeAll(contract.operations().keySet());
        assertThat(beyond).isEqualTo(Extensions.operations());
    }

    @Test
    void everyOperation_hasTheIdParametersAndSchemasOfTheContract() {
        live.operations()
                .forEach(
                        (name, operation) -> {
                            Operation expected = contract.operations().get(name);
                            if (expected != null) {
                                assertThat(operation).as(name).isEqualTo(expected);
                            }
                        });
    }

    @Test
    void everySchema_hasTheMembersOfTheContract() {
        live.operations()
                .forEach(
                        (name, operation) -> {
                            if (contract.operations().containsKey(name)) {
                                for (String schema : live.reachable(operation)) {
                                    assertThat(live.schemas().get(schema))
                                            .as(schema)
                                            .isEqualTo(contract.schemas().get(schema));
                                }
                            }
                        });
    }
}
