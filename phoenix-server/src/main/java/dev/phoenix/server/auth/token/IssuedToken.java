package dev.phoenix.server.auth.token;

import dev.phoenix.server.settings.Secret;

/**
 * A new token: the text goes to its owner and nowhere else, the hash into its row.
 *
 * @param hash SHA-256 of the text
 */
@SuppressWarnings("ArrayRecordComponent")
public record IssuedToken(Secret text, byte[] hash) {}
