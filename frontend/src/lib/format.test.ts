import { describe, expect, it } from "vitest";
import { durationText, formatBytes, formatCompact, formatDollars, formatWhen, plural, sizeNote } from "./format";

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [0.0004, "400 ns"],
    [0.036, "36 µs"],
    [1.04, "1.0 ms"],
    [99.94, "99.9 ms"],
    [99.96, "100 ms"],
    [999.6, "1.00 s"],
    [59_990, "59.99 s"],
    [60_000, "1:00 min"],
    [90_500, "1:30 min"],
    [3_600_000, "1:00 h"],
    [5_400_000, "1:30 h"],
    [172_800_000, "2.0 d"],
    [-1500, "-1.50 s"],
    [Number.NaN, "--"],
  ])("%d ms is %s", (ms, text) => expect(durationText(ms)).toBe(text));
});

describe("counts and sizes", () => {
  it("are exact up to ten thousand", () => {
    expect([9999, 10_000, 1_240_000].map(formatCompact)).toEqual(["9,999", "10K", "1.2M"]);
  });

  it("name one and many", () => {
    expect([0, 1, 1200].map((count) => plural(count, "span"))).toEqual(["0 spans", "1 span", "1,200 spans"]);
  });

  it("measure text in bytes, and say nothing of short ones", () => {
    expect([999, 1400, 14_000, 5_200_000].map(formatBytes)).toEqual(["999 B", "1.4 kB", "14 kB", "5.2 MB"]);
    expect(sizeNote("é".repeat(499))).toBeUndefined();
    expect(sizeNote("é".repeat(500))).toBe("1.0 kB");
  });
});

describe("moments", () => {
  const now = new Date(2026, 10, 21, 12, 0, 0);
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

  it.each([
    [0.5, "now"],
    [-20, "now"],
    [42, "42s ago"],
    [61, "1m ago"],
    [3 * 3600 + 7 * 60, "3h 07m ago"],
    [25 * 3600, "Nov 20, 11:00"],
    [-3600, "Nov 21, 13:00"],
  ])("%d s ago", (seconds, text) => expect(formatWhen(before(seconds), now)).toBe(text));

  it("of another year are days", () =>
    expect(formatWhen(new Date(2024, 1, 19, 12), now)).toMatch(/^(19 Feb|Feb 19,?) 2024$/));
});

it.each([
  [0, "$0"],
  [0.000_000_01, "<$0.00001"],
  [0.000_123_4, "$0.00012"],
  [0.0042, "$0.0042"],
  [0.004, "$0.004"],
  [0.0123, "$0.01"],
  [12.345, "$12.35"],
  [123_456, "$123.5K"],
])("%d dollars are written %s", (usd, text) => expect(formatDollars(usd)).toBe(text));
