package dev.phoenix.otel;

import dev.phoenix.core.config.PhoenixConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A receiver, and a registration that sends to it and looks at nothing of this machine. */
public abstract class OtelTest {

    protected final OtlpReceiver receiver;

    protected OtelTest() {
        try {
            receiver = new OtlpReceiver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    /** Not global, silent, to the receiver over HTTP. */
    protected PhoenixOtel.Builder otel() {
        return otel(Map.of());
    }

    protected PhoenixOtel.Builder otel(Map<String, String> environment) {
        return PhoenixOtel.builder()
                .config(config(environment))
                .endpoint(receiver.httpUrl() + "/v1/traces")
                .traceConfig(TraceConfig.builder().env(Map.of()).build())
                .global(false)
                .verbose(false);
    }

    protected static PhoenixConfig.Builder config(Map<String, String> environment) {
        return PhoenixConfig.builder().env(environment).systemProperties(Map.of()).discover(false);
    }

    protected static void flush(PhoenixOtel otel) {
        if (!otel.flush(Duration.ofSeconds(10))) {
            throw new AssertionError("spans did not arrive within 10 seconds");
        }
    }
}
