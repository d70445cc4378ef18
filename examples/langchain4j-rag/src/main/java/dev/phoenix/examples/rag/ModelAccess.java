package dev.phoenix.examples.rag;

/** Where an OpenAI-compatible API is, and the key for it. */
record ModelAccess(String baseUrl, String apiKey) {}
