package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * An export request as it came over gRPC. What cannot be read is a value as well: thrown inside
 * gRPC's own parsing, it would reach the sender as UNKNOWN and fill the log with stack traces.
 */
sealed interface ReceivedExport<Q> {

    record Readable<Q>(Q request) implements ReceivedExport<Q> {}

    record Unreadable<Q>(StatusRuntimeException answer) implements ReceivedExport<Q> {}

    /** Servers parse only; the other direction belongs to senders. */
    static <Q> MethodDescriptor.Marshaller<ReceivedExport<Q>> marshaller(
            Signal<Q, ?> signal, IngestSettings limits) {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(ReceivedExport<Q> value) {
                throw new UnsupportedOperationException("a server receives exports");
            }

            @Override
            public ReceivedExport<Q> parse(InputStream message) {
                return read(signal, message, limits.maxInflatedRequestBytes());
            }
        };
    }

    private static <Q> ReceivedExport<Q> read(
            Signal<Q, ?> signal, InputStream message, int maxBytes) {
        try (message) {
            ByteBudget.Reservation memory = InboundCall.current().reading();
            int expected = message instanceof KnownLength ? message.available() : 0;
            byte[] body = BodyBytes.inflated(message, expected, maxBytes, memory);
            return new Readable<>(OtlpFormat.PROTOBUF.parse(signal, body));
        } catch (RequestTooLargeException e) {
            return new Unreadable<>(OtlpGrpcErrors.tooLarge(e));
        } catch (OverloadException e) {
            return new Unreadable<>(OtlpGrpcErrors.retryLater(e));
        } catch (MalformedRequestException | IOException e) {
            return new Unreadable<>(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
    }
}
