package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * An export request as it came over gRPC. What cannot be read is a value as well: thrown inside
 * gRPC's own parsing, it would reach the sender as UNKNOWN and fill the log with stack traces.
 */
sealed interface ReceivedExport {

    record Readable(ExportTraceServiceRequest request) implements ReceivedExport {}

    record Unreadable(StatusRuntimeException answer) implements ReceivedExport {}

    /** Servers parse only; the other direction belongs to senders. */
    static MethodDescriptor.Marshaller<ReceivedExport> marshaller(IngestSettings limits) {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(ReceivedExport value) {
                throw new UnsupportedOperationException("a server receives exports");
            }

            @Override
            public ReceivedExport parse(InputStream message) {
                return read(message, limits.maxInflatedRequestBytes());
            }
        };
    }

    private static ReceivedExport read(InputStream message, int maxBytes) {
        try (message) {
            ByteBudget.Reservation memory = InboundCall.current().reading();
            int expected = message instanceof KnownLength ? message.available() : 0;
            byte[] body = BodyBytes.inflated(message, expected, maxBytes, memory);
            return new Readable(OtlpFormat.PROTOBUF.parse(body));
        } catch (RequestTooLargeException e) {
            return new Unreadable(OtlpGrpcErrors.tooLarge(e));
        } catch (OverloadException e) {
            return new Unreadable(OtlpGrpcErrors.retryLater(e));
        } catch (MalformedRequestException | IOException e) {
            return new Unreadable(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
    }
}
