package dev.phoenix.server.auth.ldap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** What stays the same of somebody when name and address change, as text. */
final class UniqueId {

    private static final String ACTIVE_DIRECTORY = "objectGUID";
    private static final int GUID_BYTES = 16;

    private UniqueId() {}

    /** The attribute decides how to read it: sixteen letters are also sixteen bytes. */
    static String decode(String attribute, byte[] value) {
        if (attribute.equalsIgnoreCase(ACTIVE_DIRECTORY) && value.length == GUID_BYTES) {
            return guid(value);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString()
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (CharacterCodingException e) {
            return HexFormat.of().formatHex(value);
        }
    }

    /** Microsoft keeps the first three groups of digits in little-endian order. */
    private static String guid(byte[] value) {
        ByteBuffer little = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long high = Integer.toUnsignedLong(little.getInt()) << 32;
        high |= Short.toUnsignedLong(little.getShort()) << 16;
        high |= Short.toUnsignedLong(little.getShort());
        long low = ByteBuffer.wrap(value, 8, 8).getLong();
        return new UUID(high, low).toString();
    }
}
