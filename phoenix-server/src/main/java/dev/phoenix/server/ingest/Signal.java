package dev.phoenix.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.ledger.Carrier;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One of the signals of OTLP, whichever port it comes through: how its export requests are read,
 * and what becomes of them.
 *
 * @param <Q> what is read of a request
 */
public interface Signal<Q, A extends Message> {

    /** As the protocol calls the message. */
    String requestName();

    Q parse(CodedInputStream protobuf) throws InvalidProtocolBufferException;

    Q parse(byte[] json) throws MalformedRequestException;

    MethodDescriptor<?, A> grpcMethod();

    /**
     * Returns when everything is durable that is to be kept; the answer counts what was refused.
     *
     * @param projectName overrides the project of every resource when not null or empty
     */
    A export(Q request, @Nullable String projectName, Carrier carrier)
            throws OverloadException, StorageFullException;
}
