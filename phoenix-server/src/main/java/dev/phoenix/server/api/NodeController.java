package dev.phoenix.server.api;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Any object by its global id. */
@Controller
class NodeController {

    private final Map<String, NodeSource> sources;

    NodeController(List<NodeSource> sources) {
        this.sources =
                sources.stream().collect(Collectors.toMap(NodeSource::type, Function.identity()));
    }

    @QueryMapping
    Object node(@Argument String id, DataFetchingEnvironment environment) {
        return GlobalId.parse(id)
                .filter(parsed -> sources.containsKey(parsed.type()))
                .map(
                        parsed ->
                                Objects.requireNonNull(sources.get(parsed.type()))
                                        .find(parsed.key(), environment))
                .orElseThrow(() -> ApiException.notFound("no object has the id " + id));
    }
}
