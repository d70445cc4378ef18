import { TriangleAlert } from "lucide-react";
import { useNow } from "../lib/clock";
import {
  durationText,
  formatCompact,
  formatCount,
  formatDollars,
  formatDuration,
  formatExact,
  formatWhen,
} from "../lib/format";
import { cx } from "../lib/cx";
import { figures } from "../text/figures";

/** What is not there. */
export function Missing() {
  return <span className="text-ink-3">--</span>;
}

/** Figures line up because they are tabular; the unit is dimmed. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <Missing />;
  if (ms < 0) return <EndsBeforeStart ms={-ms} />;
  const { value, unit } = formatDuration(ms);
  return (
    <span className="tabular whitespace-nowrap" title={durationText(ms)}>
      {value}
      <span className="ml-0.5 text-ink-3">{unit}</span>
    </span>
  );
}

/** Not a latency: the clocks of the sender differ. */
function EndsBeforeStart({ ms }: { ms: number }) {
  const why = figures.endsBeforeStart(durationText(ms));
  return (
    <span className="inline-flex items-center gap-1 text-warning" title={why}>
      <TriangleAlert size={12} className="shrink-0" aria-hidden />
      <span aria-hidden>--</span>
      <span className="sr-only">{why}</span>
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

/** US dollars; without a price nothing is known, which is not the same as nothing to pay. */
export function Cost({ usd, model = null }: { usd: number | null | undefined; model?: string | null }) {
  if (usd === null || usd === undefined) {
    return (
      <span title={figures.noPrice(model)}>
        <Missing />
      </span>
    );
  }
  const [sign, digits] = formatDollars(usd).split(/(?<=\$)/);
  return (
    <span className={cx("tabular whitespace-nowrap", usd === 0 && "text-ink-3")} title={`$${usd}`}>
      <span className="text-ink-3">{sign}</span>
      {digits}
    </span>
  );
}

/** A part of a whole; more than nothing is marked, because it is what one looks for. */
export function Share({ of, part }: { of: number; part: number }) {
  const percent = (part / of) * 100;
  return (
    <span
      className={cx("tabular whitespace-nowrap", part === 0 ? "text-ink-3" : "font-medium text-danger")}
      title={figures.share(formatCount(part), formatCount(of))}
    >
      {percent > 0 && percent < 0.1 ? "<0.1" : percent.toFixed(percent < 10 && percent > 0 ? 1 : 0)}
      <span className="ml-0.5 font-normal">%</span>
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
