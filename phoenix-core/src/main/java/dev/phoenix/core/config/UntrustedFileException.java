package dev.phoenix.core.config;

/** The reason why a file that was found is not used. */
final class UntrustedFileException extends Exception {

    private static final long serialVersionUID = 1;

    UntrustedFileException(String reason) {
        super(reason);
    }
}
