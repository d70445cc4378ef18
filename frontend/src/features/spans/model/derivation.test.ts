import { describe, expect, it } from "vitest";
import { isMasked, sourceOf, whyBlank, type Derivation } from "./derivation";

const derivation: Derivation = {
  dialects: [{ id: "gen_ai", title: "OpenTelemetry GenAI" }],
  fields: [{ path: "llm.token_count", dialect: "gen_ai", source: "gen_ai.usage" }],
  missing: [
    { path: "llm.input_messages", reason: "SWITCHED_OFF", source: null, advice: "set CAPTURE=true" },
    { path: "llm.tools", reason: "UNREADABLE", source: "gen_ai.tool.definitions", advice: null },
  ],
  masked: ["llm.invocation_parameters"],
};

describe("how a span was read", () => {
  it("says why a field is blank, and what would help", () => {
    expect(whyBlank(derivation, "llm.input_messages")).toMatch(/only when told to.*set CAPTURE=true/);
    expect(whyBlank(derivation, "llm.tools")).toContain("gen_ai.tool.definitions");
    expect(whyBlank(derivation, "llm.model_name")).toBeNull();
  });

  it("knows where a value came from, and leaves names that only begin alike alone", () => {
    expect(sourceOf(derivation, "llm.token_count.prompt")).toEqual({
      source: "gen_ai.usage",
      dialect: "OpenTelemetry GenAI",
    });
    expect(sourceOf(derivation, "llm.token_counter")).toBeNull();
    expect(isMasked(derivation, "llm.invocation_parameters")).toBe(true);
  });
});
