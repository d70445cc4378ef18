import { expect, it } from "vitest";
import { dayRange } from "./days";

const bounds = (key: string, now: string, zone: string) => {
  const range = dayRange(key, new Date(now), zone);
  return range.kind === "fixed" ? [range.start?.toISOString(), range.end?.toISOString()] : null;
};

it("begins days where the times are shown", () => {
  expect(bounds("today", "2026-11-22T09:00:00Z", "UTC")).toEqual(["2026-11-22T00:00:00.000Z", undefined]);
  expect(bounds("yesterday", "2026-11-22T23:30:00Z", "Asia/Tokyo")).toEqual([
    "2026-11-21T15:00:00.000Z",
    "2026-11-22T15:00:00.000Z",
  ]);
});

it("knows that a day may have 23 or 25 hours", () => {
  expect(bounds("yesterday", "2026-10-26T10:00:00Z", "Europe/Berlin")).toEqual([
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
  ]);
  expect(bounds("yesterday", "2026-03-30T10:00:00Z", "Europe/Berlin")).toEqual([
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
});
