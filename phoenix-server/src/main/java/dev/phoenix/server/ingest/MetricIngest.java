package dev.phoenix.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.decode.MetricJson;
import dev.phoenix.server.ingest.ledger.Carrier;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Metrics are counted, not stored: programs that send all three signals to one address would
 * otherwise report errors all the time.
 */
@Component
class MetricIngest implements Signal<Long, ExportMetricsServiceResponse> {

    private final Counter dataPoints;

    MetricIngest(PrometheusRegistry registry) {
        this.dataPoints =
                Counter.builder()
                        .name("phoenix_otlp_metric_data_points")
                        .help("Data points of metrics that were received; they are not stored")
                        .register(registry);
    }

    @Override
    public String requestName() {
        return "ExportMetricsServiceRequest";
    }

    @Override
    public Long parse(CodedInputStream protobuf) throws InvalidProtocolBufferException {
        return ExportMetricsServiceRequest.parser()
                .parseFrom(protobuf)
                .getResourceMetricsList()
                .stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .mapToLong(MetricIngest::dataPoints)
                .sum();
    }

    @Override
    public Long parse(byte[] json) throws MalformedRequestException {
        return MetricJson.dataPoints(json);
    }

    @Override
    public MethodDescriptor<?, ExportMetricsServiceResponse> grpcMethod() {
        return MetricsServiceGrpc.getExportMethod();
    }

    @Override
    public ExportMetricsServiceResponse export(
            Long received, @Nullable String projectName, Carrier carrier) {
        dataPoints.inc(received);
        return ExportMetricsServiceResponse.getDefaultInstance();
    }

    private static long dataPoints(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }
}
