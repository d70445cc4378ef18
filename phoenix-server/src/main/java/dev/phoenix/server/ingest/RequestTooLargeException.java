package dev.phoenix.server.ingest;

/** The request is larger than the server accepts; repeating it is useless. */
final class RequestTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    RequestTooLargeException(String what, long limit, String variable) {
        super(what + " exceeds " + limit + " bytes; send smaller batches or raise " + variable);
    }
}
