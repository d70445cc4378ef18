package dev.phoenix.server.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens signed with the right secret: what is wrong with them is all that can be refused. */
class TokensTest {

    private static final String SECRET = "a-secret-of-tests-that-signs-0123456789";
    private static final String HEADER = "{'alg':'HS256','typ':'JWT'}";
    private static final String PAYLOAD = "{'jti':'ApiKey:7'}";

    private final Tokens tokens = new Tokens(settings(SECRET, ""));

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER,
                "{'typ':'JWT','alg':'HS256'}",
                "{'alg':'HS256'}",
                "{ 'alg' : 'HS256', 'typ' : 'JWT' }"
            })
    void headersThatOthersWrite_areRead(String header) {
        assertThat(tokens.read(signed(header, PAYLOAD, "HmacSHA256")))
                .hasValue(new TokenId(TokenKind.API_KEY, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'alg':'none','typ':'JWT'}|HmacSHA256",
                "{'alg':'None','typ':'JWT'}|HmacSHA256",
                "{'alg':'hs256','typ':'JWT'}|HmacSHA256",
                "{'alg':'HS384','typ':'JWT'}|HmacSHA384",
                "{'alg':'HS512','typ':'JWT'}|HmacSHA512",
                "{'alg':'HS512','typ':'JWT'}|HmacSHA256",
                "{'alg':'HS256','typ':'JWT'}|HmacSHA512",
                "{'alg':'RS256','typ':'JWT'}|HmacSHA256",
                "{'alg':'ES256','typ':'JWT'}|HmacSHA256",
                "{'alg':'PS256','typ':'JWT'}|HmacSHA256",
                "{'alg':'EdDSA','typ':'JWT'}|HmacSHA256",
                "{'typ':'JWT'}|HmacSHA256",
                "{}|HmacSHA256",
                "{'alg':'HS256','typ':'at+jwt'}|HmacSHA256",
                "{'alg':'HS256','kid':'1'}|HmacSHA256",
                "{'alg':'HS256','jku':'http://evil.example'}|HmacSHA256",
                "{'alg':'HS256','crit':['b64'],'b64':false}|HmacSHA256",
                "{'alg':'HS256','alg':'none'}|HmacSHA256",
                "{'alg':'HS256','typ':'JWT'},|HmacSHA256"
            })
    void otherAlgorithmsAndHeaders_areRefused(String header, String mac) {
        assertThat(tokens.read(signed(header, PAYLOAD, mac))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jti':'ApiKey:0'}",
                "{'jti':'ApiKey:-7'}",
                "{'jti':'ApiKey:07'}",
                "{'jti':'ApiKey:7 '}",
                "{'jti':'ApiKey:7x'}",
                "{'jti':'ApiKey:9999999999999999999'}",
                "{'jti':'apikey:7'}",
                "{'jti':'Unknown:7'}",
                "{'jti':'ApiKey'}",
                "{'jti':7}",
                "{'jti':'ApiKey:7','jti':'ApiKey:8'}",
                "{'jti':'ApiKey:7','sub':'admin'}",
                "{'sub':'x','jti':'ApiKey:7'}",
                "{}",
                "[]"
            })
    void otherPayloads_areRefused(String payload) {
        assertThat(tokens.read(signed(HEADER, payload, "HmacSHA256"))).isEmpty();
    }

    @Test
    void textsAroundAToken_areRefused() {
        String token = signed(HEADER, PAYLOAD, "HmacSHA256");
        assertThat(tokens.read(token)).isPresent();
        for (String other :
                new String[] {
                    "", ".", "..", "...", token + ".", "." + token, token + "." + token, token + "="
                }) {
            assertThat(tokens.read(other)).as(other).isEmpty();
        }
        int last = token.lastIndexOf('.');
        assertThat(tokens.read(token.substring(0, last))).isEmpty();
        assertThat(tokens.read(token.substring(0, last + 1))).isEmpty();
        assertThat(tokens.read(token.substring(0, last) + "a" + token.substring(last))).isEmpty();
    }

    @Test
    void earlierSecret_isOnlyThereToRead() {
        var after = new Tokens(settings("another-secret-of-tests-0123456789-abc", SECRET));
        assertThat(after.read(signed(HEADER, PAYLOAD, "HmacSHA256"))).isPresent();
        IssuedToken issued = after.issue(TokenKind.ACCESS, 9);
        assertThat(after.read(issued.text().reveal())).hasValue(new TokenId(TokenKind.ACCESS, 9));
        assertThat(tokens.read(issued.text().reveal())).isEmpty();
    }

    @Test
    void twoTokensOfOneRow_belongToOneHashEach() {
        IssuedToken first = tokens.issue(TokenKind.API_KEY, 7);
        IssuedToken second = tokens.issue(TokenKind.API_KEY, 7);
        assertThat(Tokens.belongs(first.text().reveal(), first.hash())).isTrue();
        assertThat(Tokens.belongs(second.text().reveal(), first.hash())).isFalse();
        assertThat(Tokens.belongs(signed(HEADER, PAYLOAD, "HmacSHA256"), first.hash())).isFalse();
    }

    private static AuthSettings settings(String secret, String previous) {
        return Settings.load(Map.of("PHOENIX_SECRET", secret, "PHOENIX_PREVIOUS_SECRETS", previous))
                .auth();
    }

    private static String signed(String header, String payload, String algorithm) {
        String signed = base64(header) + "." + base64(payload);
        try {
            Mac mac = Mac.getInstance(algorithm);
            byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, algorithm));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
