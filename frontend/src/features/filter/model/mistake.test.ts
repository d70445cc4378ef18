import { describe, expect, it } from "vitest";
import { readMistake, suspect } from "./mistake";

describe("a mistake", () => {
  it("tells where it is and what is wrong there", () => {
    expect(readMistake("name = 'x'", "character 6: = is not supported: compare with ==")).toEqual({
      message: "= is not supported: compare with ==",
      range: { start: 5, end: 6 },
      remedy: null,
    });
  });

  it("is mended by the name that was meant", () => {
    expect(
      readMistake(
        "annotations['q'].scores > 1",
        "character 1: annotations['name'] has the parts .score, .label; did you mean score?",
      ).remedy,
    ).toEqual({ name: "score", text: "annotations['q'].score > 1" });
    expect(
      readMistake("  latencyms > 1", "character 1: there is no latencyms; did you mean latency_ms?").remedy,
    ).toEqual({ name: "latency_ms", text: "  latency_ms > 1" });
  });

  it("without a place is only a message", () => {
    expect(readMistake("x", "too long")).toEqual({ message: "too long", range: null, remedy: null });
  });
});

const term = (name: string) => ({
  name,
  type: "number",
  description: "",
  category: "span",
  iterableName: null,
  insertText: name,
});

it("doubts a name that looks like a known one, and no others", () => {
  const terms = [term("latency_ms"), term("name")];
  expect(suspect("name == 'x' and latncy_ms > 1", terms)?.remedy.text).toBe("name == 'x' and latency_ms > 1");
  expect(suspect("latency_ms > 1 and my.own == 'latncy_ms'", terms)).toBeNull();
  expect(suspect("latncy_ms > 1", [])).toBeNull();
});
