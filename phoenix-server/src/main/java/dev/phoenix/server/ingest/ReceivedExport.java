package dev.phoenix.server.ingest;

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

    record Unreadable(Status status) implements ReceivedExport {}

    /** Servers parse only; the other direction belongs to senders. */
    static MethodDescriptor.Marshaller<ReceivedExport> marshaller() {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(ReceivedExport value) {
                throw new UnsupportedOperationException("a server receives exports");
            }

            @Override
            public ReceivedExport parse(InputStream message) {
                return read(message);
            }
        };
    }

    private static ReceivedExport read(InputStream message) {
        try (message) {
            return new Readable(ExportTraceServiceRequest.parseFrom(message));
        } catch (StatusRuntimeException e) {
            return new Unreadable(
                    e.getStatus()
                            .withDescription(
                                    "the inflated request is too large; send smaller batches or raise"
                                            + " PHOENIX_MAX_INFLATED_REQUEST_BYTES"));
        } catch (IOException e) {
            return new Unreadable(
                    Status.INVALID_ARGUMENT.withDescription(
                            "the message is not an ExportTraceServiceRequest: " + e.getMessage()));
        }
    }
}
