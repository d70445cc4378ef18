package dev.phoenix.server.auth.oidc;

/** Nobody is logged in. The message is for the log and names nothing that came from outside. */
final class LoginFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final LoginError error;

    LoginFailure(LoginError error, String message) {
        super(message);
        this.error = error;
    }

    LoginFailure(LoginError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    LoginError error() {
        return error;
    }
}
