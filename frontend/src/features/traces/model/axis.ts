/** A mark of the time axis: where, as a share of the width, and what it says. */
export type Tick = { at: number; ms: number };

const STEPS = [1, 2, 5];

/** Round marks from zero, as many as there are nice steps for, about `wanted`. */
export function ticks(totalMs: number, wanted: number): Tick[] {
  if (!(totalMs > 0) || wanted < 1) return [];
  const power = 10 ** Math.floor(Math.log10(totalMs / wanted));
  const step = [...STEPS, 10].map((factor) => factor * power).find((size) => totalMs / size <= wanted + 0.5) ?? totalMs;
  const count = Math.floor(totalMs / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => ({ at: (index * step) / totalMs, ms: index * step }));
}

export type BarSpan = { left: number; width: number };

/** Where a bar stands on the axis, in percent; never so thin that it cannot be seen or so late that it falls off. */
export function placeBar(startUs: number, durationUs: number, axis: { startUs: number; endUs: number }): BarSpan {
  const total = Math.max(1, axis.endUs - axis.startUs);
  const left = Math.min(99.6, Math.max(0, ((startUs - axis.startUs) / total) * 100));
  const width = Math.min(100 - left, Math.max(0.4, (durationUs / total) * 100));
  return { left, width };
}
