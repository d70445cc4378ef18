package dev.phoenix.server.auth.token;

/** The row a token stands for. */
public record TokenId(TokenKind kind, long id) {}
