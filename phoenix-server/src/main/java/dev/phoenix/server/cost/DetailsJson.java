package dev.phoenix.server.cost;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Details of a span's cost as they are stored: arrays, because names would be most of the text. */
final class DetailsJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DetailsJson() {}

    static String write(List<SpanCost.Detail> details) {
        ArrayNode rows = JSON.createArrayNode();
        for (SpanCost.Detail detail : details) {
            TokenCount count = detail.count();
            rows.addArray()
                    .add(count.type())
                    .add(count.prompt() ? 1 : 0)
                    .add(count.tokens())
                    .add(detail.cost());
        }
        return rows.toString();
    }

    static List<SpanCost.Detail> read(String json) {
        List<SpanCost.Detail> details = new ArrayList<>();
        for (JsonNode row : JSON.readTree(json)) {
            details.add(
                    new SpanCost.Detail(
                            new TokenCount(
                                    row.get(0).asString(),
                                    row.get(1).asInt() == 1,
                                    row.get(2).asLong()),
                            row.get(3).isNull() ? null : (Double) row.get(3).asDouble()));
        }
        return details;
    }
}
