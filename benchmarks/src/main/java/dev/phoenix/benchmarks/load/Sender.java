package dev.phoenix.benchmarks.load;

/** One way of delivering an encoded export request. Used by many threads at once. */
public sealed interface Sender extends AutoCloseable permits HttpSender, GrpcSender {

    Reply send(byte[] body) throws InterruptedException;

    /**
     * What travels, made before the clock starts: an exporter's own work is not the server's
     * latency.
     */
    default byte[] body(byte[] request) {
        return request;
    }

    @Override
    void close();
}
