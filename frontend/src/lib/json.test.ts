import { describe, expect, it } from "vitest";
import { flatten, parseStructure, unnest } from "./json";

describe("flatten", () => {
  it("gives the keys that were on the wire", () => {
    expect(flatten({ llm: { model_name: "m", input_messages: [{ message: { role: "user" } }] }, n: 1 })).toEqual([
      { path: "llm.model_name", value: "m" },
      { path: "llm.input_messages.0.message.role", value: "user" },
      { path: "n", value: 1 },
    ]);
  });

  it("keeps a list of plain values whole: it was one attribute", () => {
    expect(flatten({ tag: { tags: ["a", "b"] } })).toEqual([{ path: "tag.tags", value: ["a", "b"] }]);
  });

  it("keeps empty structures visible", () => {
    expect(flatten({ a: {}, b: [] })).toEqual([
      { path: "a", value: {} },
      { path: "b", value: [] },
    ]);
  });
});

describe("parseStructure", () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    [" [1]", [1]],
    ["12", undefined],
    ['"text"', undefined],
    ["{not json", undefined],
    ["", undefined],
  ])("%s", (text, value) => expect(parseStructure(text)).toEqual(value));
});

it("unnest opens JSON inside of strings all the way down", () => {
  expect(unnest({ a: '{"b":"[1,{\\"c\\":2}]"}', d: "plain", e: "12" })).toEqual({
    a: { b: [1, { c: 2 }] },
    d: "plain",
    e: "12",
  });
});
