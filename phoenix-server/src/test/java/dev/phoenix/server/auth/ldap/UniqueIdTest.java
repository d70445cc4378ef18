package dev.phoenix.server.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniqueIdTest {

    @ParameterizedTest
    @CsvSource({
        "objectGUID, 33221100554477668899aabbccddeeff, 00112233-4455-6677-8899-aabbccddeeff",
        "OBJECTGUID, 33221100554477668899aabbccddeeff, 00112233-4455-6677-8899-aabbccddeeff",
        "objectGUID, 4142, ab",
        "entryUUID, fffe, fffe"
    })
    void bytes_areReadAsTheAttributeSays(String attribute, String bytes, String expected) {
        assertThat(UniqueId.decode(attribute, HexFormat.of().parseHex(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"employeeId, ABCDEFGHIJKLMNOP, abcdefghijklmnop", "entryUUID, ' Ab-1 ', ab-1"})
    void text_staysText(String attribute, String text, String expected) {
        assertThat(UniqueId.decode(attribute, text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }
}
