package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.ingest.decode.ShortText;

/**
 * How spans came.
 *
 * @param protocol {@code http/protobuf}, {@code http/json}, {@code grpc} or {@code rest}
 * @param userAgent the program that sent them; empty where it did not say
 */
public record Carrier(String protocol, String userAgent) {

    public static final Carrier GRPC = new Carrier("grpc", "");

    private static final int LONGEST_AGENT = 200;

    public Carrier {
        userAgent = ShortText.of(userAgent, LONGEST_AGENT);
    }
}
