import { ThumbsDown, ThumbsUp } from "lucide-react";
import { cx } from "../../lib/cx";
import { annotationsText as words } from "../../text/annotations";
import type { Quality } from "./model/config";
import { formatScore, type Summary } from "./model/annotation";

const tones: Record<Quality, string> = {
  good: "bg-success-soft text-success",
  bad: "bg-danger-soft text-danger",
  neutral: "bg-sunken text-ink-2 dark:bg-raised",
};

/** A name and what was said; whether it is good is told by an icon and a word, not by the colour alone. */
export function AnnotationToken({ name, value, quality }: { name: string; value: string; quality: Quality }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-60 min-w-0 items-center gap-1 rounded-control px-1.5 text-label font-medium whitespace-nowrap",
        tones[quality],
      )}
      title={`${name}: ${value}`}
    >
      <span className="truncate font-normal">{name}</span>
      <span className="tabular max-w-32 shrink-0 truncate">{value}</span>
      <QualityMark quality={quality} />
    </span>
  );
}

export function QualityMark({ quality }: { quality: Quality }) {
  if (quality === "neutral") return null;
  const Mark = quality === "good" ? ThumbsUp : ThumbsDown;
  return (
    <>
      <Mark size={11} className="shrink-0" aria-hidden />
      <span className="sr-only">{quality === "good" ? words.good : words.bad}</span>
    </>
  );
}

/** All of a name in one token: the only label, else the most frequent with its count, else the mean. */
export function SummaryToken({ summary, quality }: { summary: Summary; quality: Quality }) {
  const [first, ...others] = summary.labels;
  const label = first && (others.length > 0 ? `${first.label} ${first.count}/${summary.count}` : first.label);
  const mean = summary.meanScore === null ? null : formatScore(summary.meanScore);
  return <AnnotationToken name={summary.name} value={label ?? mean ?? String(summary.count)} quality={quality} />;
}
