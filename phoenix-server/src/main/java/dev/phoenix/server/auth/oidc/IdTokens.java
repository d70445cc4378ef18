package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.util.Set;

/**
 * Checks the ID tokens of one provider.
 *
 * @param accepted the algorithms that the provider offers and we take
 */
record IdTokens(IDTokenValidator validator, EdwardsSignature edwards, Set<JWSAlgorithm> accepted) {

    /** What the token claims, if the provider has signed it for us and this log-in. */
    IDTokenClaimsSet validate(JWT token, Nonce nonce) throws BadJOSEException, JOSEException {
        return token instanceof SignedJWT signed
                        && EdwardsSignature.isUsedBy(signed.getHeader().getAlgorithm())
                ? validateEdwards(signed, nonce)
                : validator.validate(token, nonce);
    }

    private IDTokenClaimsSet validateEdwards(SignedJWT token, Nonce nonce)
            throws BadJOSEException, JOSEException {
        boolean understood =
                accepted.contains(token.getHeader().getAlgorithm())
                        && token.getHeader().getCriticalParams() == null;
        if (!understood || !edwards.isValid(token)) {
            throw new BadJWSException("the signature is none of the provider's");
        }
        try {
            new IDTokenClaimsVerifier(
                            validator.getExpectedIssuer(),
                            validator.getClientID(),
                            nonce,
                            validator.getMaxClockSkew())
                    .verify(token.getJWTClaimsSet(), null);
            return new IDTokenClaimsSet(token.getJWTClaimsSet());
        } catch (java.text.ParseException | ParseException e) {
            throw new BadJWSException("the claims cannot be read", e);
        }
    }

    /** Whether the access token is the one that was issued with an ID token. */
    static boolean belongs(String accessToken, JWT idToken, AccessTokenHash hash) {
        JWSAlgorithm used = (JWSAlgorithm) idToken.getHeader().getAlgorithm();
        JWSAlgorithm algorithm = EdwardsSignature.isUsedBy(used) ? JWSAlgorithm.EdDSA : used;
        return hash.equals(
                AccessTokenHash.compute(
                        new BearerAccessToken(accessToken), algorithm, Curve.Ed25519));
    }
}
