package dev.phoenix.server.auth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Checks signatures with Ed25519, which Java knows and the library leaves to another one. */
final class EdwardsSignature {

    private static final Set<JWSAlgorithm> NAMES = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    /** What stands before the 32 bytes of a public key where Java reads one. */
    private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final JWKSource<SecurityContext> keys;

    EdwardsSignature(JWKSource<SecurityContext> keys) {
        this.keys = keys;
    }

    static boolean isUsedBy(JWSAlgorithm algorithm) {
        return NAMES.contains(algorithm);
    }

    /** Whether one of the provider's keys made the signature. */
    boolean isValid(SignedJWT token) throws KeySourceException {
        JWKMatcher matcher =
                new JWKMatcher.Builder()
                        .keyType(KeyType.OKP)
                        .curve(Curve.Ed25519)
                        .keyID(token.getHeader().getKeyID())
                        .keyUses(KeyUse.SIGNATURE, null)
                        .build();
        for (JWK key : keys.get(new JWKSelector(matcher), null)) {
            if (isSignedWith(key.toOctetKeyPair(), token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSignedWith(OctetKeyPair key, SignedJWT token) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey(key));
            signature.update(token.getSigningInput());
            return signature.verify(token.getSignature().decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey publicKey(OctetKeyPair key) throws GeneralSecurityException {
        var encoded = new ByteArrayOutputStream();
        encoded.writeBytes(KEY_PREFIX);
        encoded.writeBytes(key.getDecodedX());
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    }
}
