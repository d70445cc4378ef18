import { describe, expect, it } from "vitest";
import { axisTop, binEnd, binScale, merged, toPoints, valueScale } from "./bins";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));

describe("bins", () => {
  it("fit the range", () => {
    expect(binScale(at(0), at(1))).toBe("MINUTE");
    expect(binScale(at(0), at(7 * 24))).toBe("HOUR");
    expect(binScale(at(0), at(30 * 24))).toBe("DAY");
    expect(binScale(at(0), at(365 * 24))).toBe("WEEK");
    expect(binEnd(new Date("2026-11-20T10:00:01Z"), "HOUR")).toEqual(at(11));
    expect(binEnd(at(10), "HOUR")).toEqual(at(10));
  });

  it("that are too many are added up, and nothing gets lost or invented", () => {
    const bins = Array.from({ length: 168 }, (_, hour) => ({ timestamp: at(hour).toISOString(), count: hour % 7 }));
    const points = toPoints(bins, at(168), (bin) => [bin.count, null]);
    const few = merged(points);
    expect(few.length).toBeLessThanOrEqual(48);
    const total = (all: typeof points) => all.reduce((sum, { values }) => sum + (values[0] ?? 0), 0);
    expect(total(few)).toBe(total(points));
    expect(few.every(({ values }) => values[1] === null)).toBe(true);
    expect(few[0]?.start).toBe(at(0).getTime());
    expect(few.at(-1)?.end).toBe(at(168).getTime());
  });
});

describe("the axis of values", () => {
  it("ends at a round number and begins at zero", () => {
    expect([0, 1, 7, 12, 230, 0.03].map(axisTop)).toEqual([1, 1, 10, 20, 250, 0.05]);
    expect(valueScale([0, 50, 100], true).at(50)).toBe(0.5);
  });

  it("is logarithmic where small and large differ more than a hundred times", () => {
    const { at: place, top } = valueScale([1, 1000], true);
    expect(top).toBe(1000);
    expect(place(30)).toBeGreaterThan(0.4);
    expect(valueScale([1, 1000], false).at(30)).toBeLessThan(0.1);
  });
});
