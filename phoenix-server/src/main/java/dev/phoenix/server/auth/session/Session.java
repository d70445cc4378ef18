package dev.phoenix.server.auth.session;

import dev.phoenix.server.settings.Secret;

/**
 * Somebody who has just logged in, or goes on being so: what their browser is to remember.
 *
 * @param id the same as long as nobody logs out
 */
public record Session(long id, long userId, Secret accessToken, Secret refreshToken) {}
