import { expect, it } from "vitest";
import { placeBar, ticks } from "./axis";

it.each([
  [4000, 4, [0, 1000, 2000, 3000, 4000]],
  [542, 3, [0, 200, 400]],
  [4180, 2, [0, 2000, 4000]],
  [95, 1, [0]],
  [0.006, 3, [0, 0.002, 0.004, 0.006]],
  [0, 3, []],
  [10, 0, []],
])("ticks of %d ms, about %d, are round", (total, wanted, expected) => {
  expect(ticks(total, wanted).map(({ ms }) => Number(ms.toPrecision(6)))).toEqual(expected);
});

it("bars stay on the axis and can be seen", () => {
  const axis = { startUs: 0, endUs: 1000 };
  expect(placeBar(250, 500, axis)).toEqual({ left: 25, width: 50 });
  expect(placeBar(0, 0, axis)).toEqual({ left: 0, width: 0.4 });
  const last = placeBar(1000, 0, axis);
  expect(last.left + last.width).toBeLessThanOrEqual(100);
  expect(placeBar(0, 0, { startUs: 5, endUs: 5 }).width).toBeGreaterThan(0);
});
