package dev.phoenix.server.cost;

/** Tokens of one type and their cost, summed up. */
public record CostEntry(String tokenType, boolean isPrompt, Breakdown value) {}
