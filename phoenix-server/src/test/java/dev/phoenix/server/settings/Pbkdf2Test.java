package dev.phoenix.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {

    /** RFC 7914, section 11. */
    @ParameterizedTest
    @CsvSource({
        "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
    })
    void publishedVectors_areMet(String password, String salt, int rounds, String expected) {
        byte[] derived =
                Pbkdf2.derive(
                        password.getBytes(UTF_8),
                        salt.getBytes(UTF_8),
                        rounds,
                        expected.length() / 2);
        assertThat(HexFormat.of().formatHex(derived)).isEqualTo(expected);
    }

    @Property(tries = 200)
    void anything_isDerivedAsByThePlatform(
            @ForAll @StringLength(max = 100) String password,
            @ForAll @Size(min = 1, max = 70) byte[] salt,
            @ForAll @IntRange(min = 1, max = 5) int rounds,
            @ForAll @IntRange(min = 1, max = 100) int bytes)
            throws GeneralSecurityException {
        byte[] expected =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(
                                new PBEKeySpec(
                                        password.toCharArray(), salt, rounds, bytes * Byte.SIZE))
                        .getEncoded();
        assertThat(Secret.of(password).derive(salt, rounds, bytes)).isEqualTo(expected);
    }
}
