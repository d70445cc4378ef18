export type BinScale = "MINUTE" | "HOUR" | "DAY" | "WEEK" | "MONTH";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LENGTH: Record<BinScale, number> = { MINUTE, HOUR, DAY, WEEK: 7 * DAY, MONTH: 30 * DAY };

/** Bars that are narrower say nothing. */
const MOST_BARS = 48;

/** Fine enough that the shape is seen, and no finer. */
export function binScale(start: Date, end: Date): BinScale {
  const length = end.getTime() - start.getTime();
  if (length <= 6 * HOUR) return "MINUTE";
  if (length <= 15 * DAY) return "HOUR";
  if (length <= 190 * DAY) return "DAY";
  return length <= 3 * 366 * DAY ? "WEEK" : "MONTH";
}

/** The end of the bin that a moment is in: questions with it stay the same until the next bin begins. */
export function binEnd(time: Date, scale: BinScale): Date {
  const length = Math.min(LENGTH[scale], DAY);
  return new Date(Math.ceil(time.getTime() / length) * length);
}

/** What is shown of one bin, or of a few together. */
export type Point = { start: number; end: number; values: readonly (number | null)[] };

export function toPoints<Bin extends { readonly timestamp: string }>(
  bins: readonly Bin[],
  end: Date,
  values: (bin: Bin) => readonly (number | null | undefined)[],
): Point[] {
  return bins.map((bin, index) => ({
    start: new Date(bin.timestamp).getTime(),
    end: new Date(bins[index + 1]?.timestamp ?? end).getTime(),
    values: values(bin).map((value) => value ?? null),
  }));
}

/** Neighbours added up until there are few enough bars; what has no value anywhere stays without. */
export function merged(points: readonly Point[]): Point[] {
  const size = Math.ceil(points.length / MOST_BARS);
  if (size <= 1) return [...points];
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const part = points.slice(index * size, (index + 1) * size);
    const first = part[0] ?? { start: 0, end: 0, values: [] };
    return {
      start: first.start,
      end: part.at(-1)?.end ?? first.end,
      values: first.values.map((_value, series) => sum(part.map(({ values }) => values[series] ?? null))),
    };
  });
}

export function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** A round number not below the value, for the top of an axis that begins at zero. */
export function axisTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value * 0.999_999) ?? 10;
  return step * power;
}

/** Where a value is between the bottom and the top, 0 to 1. Logarithmic where small and large differ more than 100 times. */
export function valueScale(
  values: readonly number[],
  canBeLogarithmic: boolean,
): { top: number; at: (v: number) => number } {
  const top = axisTop(Math.max(0, ...values));
  const least = Math.min(...values.filter((value) => value > 0));
  if (canBeLogarithmic && Number.isFinite(least) && Math.max(...values) / least > 100) {
    const bottom = least / 1.5;
    const span = Math.log(top / bottom);
    return { top, at: (value) => (value <= bottom ? 0 : Math.log(value / bottom) / span) };
  }
  return { top, at: (value) => value / top };
}
