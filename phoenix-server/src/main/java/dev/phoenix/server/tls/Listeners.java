package dev.phoenix.server.tls;

import java.util.Optional;

/** Who each listener shows itself to be; empty for those that speak in the clear. */
public record Listeners(Optional<ServerIdentity> http, Optional<ServerIdentity> grpc) {}
