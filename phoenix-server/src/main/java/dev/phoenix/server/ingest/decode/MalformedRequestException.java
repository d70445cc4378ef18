package dev.phoenix.server.ingest.decode;

/** The request as a whole cannot be read; nothing of it was stored. */
public final class MalformedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message);
    }
}
