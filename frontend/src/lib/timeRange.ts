import { timeText } from "../text/time";
import { displayZone } from "./zone";

/** The window of time a page shows. The URL holds exactly one of the two forms. */
export type TimeRange = { kind: "last"; key: string } | { kind: "fixed"; start: Date | null; end: Date | null };

export type Unit = "m" | "h" | "d";

export type Bounds = { start: Date; end: Date };

const UNIT_MS: Record<Unit, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const UNIT_NAME: Record<Unit, string> = timeText.units;
const MINIMUM_MS = 60_000;

export const DEFAULT_KEY = "7d";

export const PRESETS = Object.entries(timeText.presets).map(([key, label]) => ({ key, label }));

export function parseKey(key: string): { amount: number; unit: Unit } | null {
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(key);
  return match ? { amount: Number(match[1]), unit: match[2] as Unit } : null;
}

export function keyMillis(key: string): number {
  const parsed = parseKey(key);
  return parsed ? parsed.amount * UNIT_MS[parsed.unit] : UNIT_MS.d * 7;
}

/** A preset key wins over bounds; what cannot be read or ends before it starts is ignored. */
export function readTimeRange(params: URLSearchParams, fallbackKey = DEFAULT_KEY): TimeRange {
  const key = params.get("timeRangeKey");
  if (key && parseKey(key)) return { kind: "last", key };
  const start = readDate(params.get("timeRangeStart"));
  const end = readDate(params.get("timeRangeEnd"));
  const inverted = start && end && start >= end;
  if ((start || end) && !inverted) return { kind: "fixed", start, end };
  return { kind: "last", key: parseKey(fallbackKey) ? fallbackKey : DEFAULT_KEY };
}

function readDate(text: string | null): Date | null {
  if (!text) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function writeTimeRange(params: URLSearchParams, range: TimeRange): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["timeRangeKey", "timeRangeStart", "timeRangeEnd"]) next.delete(name);
  if (range.kind === "last") next.set("timeRangeKey", range.key);
  else {
    if (range.start) next.set("timeRangeStart", range.start.toISOString());
    if (range.end) next.set("timeRangeEnd", range.end.toISOString());
  }
  return next;
}

/** What is asked of the server. Live windows snap, so that the same question is asked twice in a minute. */
export function queryRange(range: TimeRange, now: Date): { start?: string; end?: string } {
  if (range.kind === "fixed") {
    return {
      ...(range.start ? { start: range.start.toISOString() } : {}),
      ...(range.end ? { end: range.end.toISOString() } : {}),
    };
  }
  const length = keyMillis(range.key);
  const step = length <= UNIT_MS.h ? UNIT_MS.m : UNIT_MS.h;
  const start = Math.floor((now.getTime() - length) / step) * step;
  return { start: new Date(start).toISOString() };
}

export function rangeBounds(range: TimeRange, now: Date): Bounds {
  if (range.kind === "last") {
    return { start: new Date(now.getTime() - keyMillis(range.key)), end: now };
  }
  const end = range.end ?? now;
  return { start: range.start ?? new Date(end.getTime() - UNIT_MS.d * 30), end };
}

export function keyLabel(key: string): string {
  const preset = PRESETS.find((candidate) => candidate.key === key);
  if (preset) return preset.label;
  const parsed = parseKey(key);
  if (!parsed) return key;
  return timeText.last(parsed.amount, UNIT_NAME[parsed.unit]);
}

/** `25m`, `25 min`, `last 2 hours`, `3d`; a bare number offers every unit. */
export function typedKeys(text: string): string[] {
  const match = /^(?:last\s+)?(\d{1,5})\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const amount = Number(match?.[1] ?? 0);
  const word = match?.[2] ?? "";
  if (!amount) return [];
  const units = (Object.keys(UNIT_NAME) as Unit[]).filter(
    (unit) => word === "" || `${UNIT_NAME[unit]}s`.startsWith(word) || (unit === "h" && /^hrs?$/.test(word)),
  );
  // "m" alone is minutes; months are not offered.
  return units.map((unit) => `${amount}${unit}`);
}

export function isAtLiveEdge(range: TimeRange, now: Date): boolean {
  return range.kind === "last" || !range.end || range.end.getTime() >= now.getTime() - MINIMUM_MS / 2;
}

/** Half a window back or forward; forward never passes now. */
export function pan(range: TimeRange, direction: -1 | 1, now: Date): TimeRange {
  const { start, end } = rangeBounds(range, now);
  const length = end.getTime() - start.getTime();
  const shifted = Math.min(end.getTime() + (direction * length) / 2, now.getTime());
  return { kind: "fixed", start: new Date(shifted - length), end: new Date(shifted) };
}

/** Doubles or halves the window around its centre; a live window stays live. */
export function zoom(range: TimeRange, direction: "in" | "out", now: Date): TimeRange {
  const factor = direction === "in" ? 0.5 : 2;
  if (range.kind === "last") {
    return { kind: "last", key: millisKey(Math.max(MINIMUM_MS, keyMillis(range.key) * factor)) };
  }
  const { start, end } = rangeBounds(range, now);
  const length = Math.max(MINIMUM_MS, (end.getTime() - start.getTime()) * factor);
  const centre = (start.getTime() + end.getTime()) / 2;
  const shiftedEnd = Math.min(centre + length / 2, now.getTime());
  return { kind: "fixed", start: new Date(shiftedEnd - length), end: new Date(shiftedEnd) };
}

/** 90 min → `90m`; two or more of a unit round to that unit. */
export function millisKey(ms: number): string {
  for (const unit of ["d", "h"] as const) {
    const amount = ms / UNIT_MS[unit];
    if (amount >= 2 || amount === 1) return `${Math.round(amount)}${unit}`;
  }
  return `${Math.max(1, Math.round(ms / UNIT_MS.m))}m`;
}

/** What the small badge says. */
export function rangeBadge(range: TimeRange): string {
  return range.kind === "last" ? range.key : timeText.custom;
}

export function rangeLabel(range: TimeRange): string {
  if (range.kind === "last") return keyLabel(range.key);
  const start = range.start && shortTime(range.start);
  const end = range.end && shortTime(range.end);
  if (start && end) return `${start} – ${end}`;
  return start ? timeText.since(start) : timeText.until(end ?? "");
}

function shortTime(date: Date): string {
  return date.toLocaleString(undefined, {
    timeZone: displayZone(),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
