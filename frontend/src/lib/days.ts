import { timeText } from "../text/time";
import type { TimeRange } from "./timeRange";

const DAY_MS = 86_400_000;

/** Whole days by name, where the page's times are shown. Today goes on. */
export const DAYS = Object.entries(timeText.namedDays).map(([key, label]) => ({ key, label }));

export function dayRange(key: string, now: Date, zone: string): TimeRange {
  const today = dayStart(now, zone, 0);
  return key === "today"
    ? { kind: "fixed", start: today, end: null }
    : { kind: "fixed", start: dayStart(now, zone, 1), end: today };
}

function dayStart(now: Date, zone: string, daysAgo: number): Date {
  const today = new Date(now.getTime() + offsetAt(now.getTime(), zone));
  const midnight = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()) - daysAgo * DAY_MS;
  // The clock may have been changed since: what counts is the offset at that midnight.
  const guess = midnight - offsetAt(midnight, zone);
  return new Date(midnight - offsetAt(guess, zone));
}

/** How far the zone's clock is ahead of UTC, in ms. */
function offsetAt(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(time / 1000) * 1000;
}
