import { useNow } from "../lib/clock";
import { durationText, formatCompact, formatCount, formatDuration, formatExact, formatWhen } from "../lib/format";
import { cx } from "../lib/cx";

/** What is not there. */
export function Missing() {
  return <span className="text-ink-3">--</span>;
}

/** Figures line up because they are tabular; the unit is dimmed. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <Missing />;
  const { value, unit } = formatDuration(ms);
  return (
    <span className="tabular whitespace-nowrap" title={durationText(ms)}>
      {value}
      <span className="ml-0.5 text-ink-3">{unit}</span>
    </span>
  );
}

export function Count({ value, exact = false }: { value: number | null | undefined; exact?: boolean }) {
  if (value === null || value === undefined) return <Missing />;
  return (
    <span className={cx("tabular", value === 0 && "text-ink-3")} title={formatCount(value)}>
      {exact ? formatCount(value) : formatCompact(value)}
    </span>
  );
}

/** Relative within a day; the exact time and zone on hover and to assistive technology. */
export function When({ time }: { time: string | null | undefined }) {
  const now = useNow();
  if (!time) return <Missing />;
  const date = new Date(time);
  return (
    <time dateTime={time} title={formatExact(date)} className="tabular whitespace-nowrap">
      {formatWhen(date, now)}
    </time>
  );
}
