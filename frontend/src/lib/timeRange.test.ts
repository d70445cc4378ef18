import { describe, expect, it } from "vitest";
import {
  isAtLiveEdge,
  keyLabel,
  pan,
  queryRange,
  readTimeRange,
  typedKeys,
  writeTimeRange,
  zoom,
  type TimeRange,
} from "./timeRange";

const now = new Date("2026-11-21T12:34:56.789Z");
const read = (search: string) => readTimeRange(new URLSearchParams(search));
const last = (key: string): TimeRange => ({ kind: "last", key });
const fixed = (start: string | null, end: string | null): TimeRange => ({
  kind: "fixed",
  start: start === null ? null : new Date(start),
  end: end === null ? null : new Date(end),
});

describe("the range in the address", () => {
  it.each([
    ["timeRangeKey=25m", last("25m")],
    ["timeRangeKey=12h&timeRangeStart=2026-11-01T00:00:00Z", last("12h")],
    ["timeRangeStart=2026-11-01T00:00:00Z", fixed("2026-11-01T00:00:00Z", null)],
    ["timeRangeEnd=2026-11-02T00:00:00Z", fixed(null, "2026-11-02T00:00:00Z")],
    ["", last("7d")],
    ["timeRangeKey=7w", last("7d")],
    ["timeRangeKey=0m", last("7d")],
    ["timeRangeStart=yesterday", last("7d")],
    ["timeRangeStart=2026-11-02T00:00:00Z&timeRangeEnd=2026-11-01T00:00:00Z", last("7d")],
  ])("%s", (search, range) => expect(read(search)).toEqual(range));

  it("is written in one form only and keeps the other parameters", () => {
    const params = new URLSearchParams("sort=latencyMs.desc&timeRangeStart=2026-11-01T00:00:00Z");
    expect(writeTimeRange(params, last("1h")).toString()).toBe("sort=latencyMs.desc&timeRangeKey=1h");
  });

  it("reads back what it wrote", () => {
    const range = fixed("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z");
    expect(readTimeRange(writeTimeRange(new URLSearchParams(), range))).toEqual(range);
  });
});

describe("what is asked of the server", () => {
  it("snaps short windows to the minute and long ones to the hour", () => {
    expect(queryRange(last("15m"), now)).toEqual({ start: "2026-11-21T12:19:00.000Z" });
    expect(queryRange(last("12h"), now)).toEqual({ start: "2026-11-21T00:00:00.000Z" });
  });

  it("passes fixed bounds through, leaving out the open one", () => {
    expect(queryRange(fixed("2026-11-01T00:00:00Z", null), now)).toEqual({ start: "2026-11-01T00:00:00.000Z" });
  });
});

describe("typed durations", () => {
  it.each([
    ["25m", ["25m"]],
    ["25 min", ["25m"]],
    ["last 2 hours", ["2h"]],
    ["3d", ["3d"]],
    ["2 hrs", ["2h"]],
    ["90", ["90m", "90h", "90d"]],
    ["0", []],
    ["soon", []],
    ["5 weeks", []],
  ])("%s", (text, keys) => expect(typedKeys(text)).toEqual(keys));

  it("have a label", () => {
    expect(keyLabel("25m")).toBe("Last 25 minutes");
    expect(keyLabel("1h")).toBe("Last hour");
    expect(keyLabel("2d")).toBe("Last 2 days");
  });
});

describe("panning and zooming", () => {
  it("goes half a window back and forward again", () => {
    const range = fixed("2026-11-10T00:00:00Z", "2026-11-12T00:00:00Z");
    const back = pan(range, -1, now);
    expect(back).toEqual(fixed("2026-11-09T00:00:00Z", "2026-11-11T00:00:00Z"));
    expect(pan(back, 1, now)).toEqual(range);
  });

  it("never passes now", () => {
    const forward = pan(fixed("2026-11-20T00:00:00Z", "2026-11-21T12:00:00Z"), 1, now);
    expect(forward).toMatchObject({ end: now });
    expect(isAtLiveEdge(forward, now)).toBe(true);
  });

  it.each([
    ["1h", "in", "30m"],
    ["7d", "in", "4d"],
    ["7d", "out", "14d"],
    ["45m", "out", "90m"],
    ["1m", "in", "1m"],
  ] as const)("keeps a live window of %s live when zooming %s", (key, direction, zoomed) =>
    expect(zoom(last(key), direction, now)).toEqual(last(zoomed)),
  );

  it("zooms a fixed window around its centre", () => {
    expect(zoom(fixed("2026-11-10T00:00:00Z", "2026-11-12T00:00:00Z"), "in", now)).toEqual(
      fixed("2026-11-10T12:00:00Z", "2026-11-11T12:00:00Z"),
    );
  });
});
