package dev.phoenix.server.ingest;

/** The server cannot take the request now; the sender should repeat it after a pause. */
public final class OverloadException extends Exception {

    private static final long serialVersionUID = 1L;

    public OverloadException(String message) {
        super(message);
    }

    public OverloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
