import { expect, it } from "vitest";
import { metadataEntries, metadataText, sameMetadata } from "./entries";

const METADATA = '{"tier":"gold","a.b":{"tags":["x\'s",2]},"beta":true,"none":null}';

it("reads every value with the keys that lead to it", () => {
  expect(metadataEntries(METADATA)).toEqual([
    { keys: ["tier"], value: "gold" },
    { keys: ["a.b", "tags", 0], value: "x's" },
    { keys: ["a.b", "tags", 1], value: 2 },
    { keys: ["beta"], value: true },
    { keys: ["none"], value: null },
  ]);
  expect(metadataText(METADATA)).toBe("tier: gold, a.b.tags.0: x's, a.b.tags.1: 2, beta: true, none: null");
});

it("chooses spans by a value, keys as they are written and places in lists as numbers", () => {
  expect(metadataEntries(METADATA).map(sameMetadata)).toEqual([
    "metadata['tier'] == 'gold'",
    String.raw`metadata['a.b']['tags'][0] == 'x\'s'`,
    "metadata['a.b']['tags'][1] == 2",
    "metadata['beta'] == True",
    null,
  ]);
});

it("shows what is no JSON as it is", () => {
  expect(metadataText("{broken")).toBe("{broken");
  expect(metadataEntries("[1]").map(sameMetadata)).toEqual([null]);
});
