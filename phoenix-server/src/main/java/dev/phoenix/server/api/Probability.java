package dev.phoenix.server.api;

/** Which quantile is asked for. */
public final class Probability {

    private Probability() {}

    public static double checked(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw ApiException.badRequest("probability must be 0..1, was " + probability);
        }
        return probability;
    }
}
