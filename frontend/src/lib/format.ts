import { timeText } from "../text/time";
import { dateFormat } from "./dateFormats";
import { displayZone } from "./zone";

/** A number and its unit apart, so that the unit can be dimmed and figures line up. */
export type Quantity = { value: string; unit: string };

const integers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export function formatCount(count: number): string {
  return integers.format(count);
}

/** Exact up to 9,999, then short: 12.3K. */
export function formatCompact(count: number): string {
  return Math.abs(count) < 10_000 ? integers.format(count) : compact.format(count);
}

/** Cents where there are cents, and as many digits as a tiny amount needs. */
export function formatDollars(usd: number): string {
  if (usd === 0) return "$0";
  if (usd < 0.000_01) return "<$0.00001";
  if (usd < 0.01) return `$${usd.toPrecision(2).replace(/0+$/, "")}`;
  if (usd < 10_000) return `$${usd.toFixed(2)}`;
  return `$${compact.format(usd)}`;
}

export function formatDuration(ms: number): Quantity {
  if (!Number.isFinite(ms)) return { value: "--", unit: "" };
  if (ms === 0) return { value: "0", unit: "ms" };
  if (Math.abs(ms) < 0.001) return { value: (ms * 1e6).toFixed(0), unit: "ns" };
  if (Math.abs(ms) < 1) return { value: (ms * 1000).toFixed(0), unit: "µs" };
  if (Math.abs(ms) < 99.95) return { value: ms.toFixed(1), unit: "ms" };
  if (Math.abs(ms) < 999.5) return { value: ms.toFixed(0), unit: "ms" };
  const seconds = ms / 1000;
  if (seconds < 59.995) return { value: seconds.toFixed(2), unit: "s" };
  if (seconds < 3600) return { value: minutes(seconds), unit: "min" };
  if (seconds < 86_400) return { value: minutes(seconds / 60), unit: "h" };
  return { value: (seconds / 86_400).toFixed(1), unit: "d" };
}

/** 90 → "1:30". */
function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function durationText(ms: number): string {
  const { value, unit } = formatDuration(ms);
  return unit ? `${value} ${unit}` : value;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function textBytes(text: string): number {
  // Measuring exactly would encode megabytes for a label.
  return text.length > 1_000_000 ? text.length : new TextEncoder().encode(text).length;
}

/** The size of a text worth knowing about; short ones speak for themselves. */
export function sizeNote(text: string): string | undefined {
  const bytes = textBytes(text);
  return bytes < 1000 ? undefined : formatBytes(bytes);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Relative within a day, absolute otherwise. */
export function formatWhen(time: Date, now: Date): string {
  const age = now.getTime() - time.getTime();
  if (age < -MINUTE || age >= DAY) return formatShort(time, now);
  // The clock of the page ticks slowly, and senders' clocks are a little ahead.
  if (age < 1000) return timeText.now;
  if (age < MINUTE) return timeText.secondsAgo(Math.floor(age / 1000));
  if (age < HOUR) return timeText.minutesAgo(Math.floor(age / MINUTE));
  return timeText.hoursAgo(Math.floor(age / HOUR), Math.floor((age % HOUR) / MINUTE));
}

const day = dateFormat({ year: "numeric", month: "short", day: "numeric" });
const minute = dateFormat({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const exact = dateFormat({
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
  timeZoneName: "short",
});

/** Day and time; of another year the day alone, with the year. */
export function formatShort(time: Date, now: Date): string {
  return (time.getFullYear() === now.getFullYear() ? minute : day)(time, displayZone());
}

/** To the millisecond, with zone. */
export function formatExact(time: Date, zone = displayZone()): string {
  return Number.isNaN(time.getTime()) ? String(time) : exact(time, zone);
}

/** "1 span", "2 spans". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
