package dev.phoenix.core.config;

/** What a {@link PhoenixConfig} answers, to ask {@link PhoenixConfig#source} about. */
public enum Setting {
    API_BASE_URL,
    TRACE_ENDPOINT,
    GRPC_PORT,
    API_KEY,
    HEADERS,
    PROJECT
}
