package dev.phoenix.server.outbound;

/** A request to a user's URL that was refused or failed. The message may be shown to that user. */
public final class OutboundException extends RuntimeException {

    /** Whose doing it is. */
    public enum Reason {
        /** This server's: nothing was sent there. */
        REFUSED,
        /** The network's or the other server's. */
        FAILED
    }

    private final Reason reason;

    private OutboundException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static OutboundException refused(String message) {
        return new OutboundException(Reason.REFUSED, message);
    }

    static OutboundException failed(String message) {
        return new OutboundException(Reason.FAILED, message);
    }

    public Reason reason() {
        return reason;
    }
}
