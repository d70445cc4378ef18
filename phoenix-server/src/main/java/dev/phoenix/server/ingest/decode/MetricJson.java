package dev.phoenix.server.ingest.decode;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Metrics in OTLP/JSON, of which nothing but their number is read. */
public final class MetricJson {

    private static final List<String> KINDS =
            List.of("gauge", "sum", "histogram", "exponentialHistogram", "summary");

    private MetricJson() {}

    /**
     * How many data points there are.
     *
     * @throws MalformedRequestException naming the member that is wrong
     */
    public static long dataPoints(byte[] json) throws MalformedRequestException {
        return OtlpJson.read(
                json,
                "resourceMetrics",
                root ->
                        OtlpJson.elements(root, "resourceMetrics")
                                .flatMap(resource -> OtlpJson.elements(resource, "scopeMetrics"))
                                .flatMap(scope -> OtlpJson.elements(scope, "metrics"))
                                .mapToLong(MetricJson::dataPoints)
                                .sum());
    }

    private static long dataPoints(JsonNode metric) {
        return KINDS.stream()
                .map(kind -> OtlpJson.member(metric, kind))
                .mapToLong(
                        points ->
                                points == null
                                        ? 0
                                        : OtlpJson.elements(points, "dataPoints").count())
                .sum();
    }
}
