package dev.phoenix.otel;

import java.net.URI;
import java.util.Optional;

/** Stores an image that is too large for a span somewhere else. */
@FunctionalInterface
public interface BlobUploader {

    /**
     * Called on the thread that sets the attribute; should not wait for the network.
     *
     * @param mimeType such as {@code image/png}
     * @return where the content can be found, or empty to have it redacted
     */
    Optional<URI> upload(String mimeType, byte[] content);
}
