import { RotateCw, TriangleAlert } from "lucide-react";
import { Suspense, useState, type CSSProperties, type ReactNode } from "react";
import { messageOf } from "../../lib/apiError";
import { cx } from "../../lib/cx";
import { common } from "../../text/common";
import { chartsText } from "../../text/charts";
import { IconButton } from "../Button";
import { ErrorBoundary } from "../ErrorBoundary";
import { Missing } from "../Figures";
import { Loading } from "../Skeleton";
import { merged, type Point } from "./bins";
import { useCursor } from "./cursor";
import { TimeChart, type Series } from "./TimeChart";
import { timeLabel } from "./timeLabel";

/** Names of so many letters are never cut. */
const SHORT = 6;

const widths = {
  narrow: "min-w-52 grow basis-0",
  medium: "min-w-72 grow-[1.3] basis-0",
  wide: "min-w-112 grow-2 basis-0",
};

/** The place of a chart: it loads and fails alone. */
export function ChartPlace({
  title,
  width = "narrow",
  children,
}: {
  title: string;
  width?: keyof typeof widths;
  children: (attempt: number) => ReactNode;
}) {
  const [attempt, setAttempt] = useState(0);
  return (
    <section
      aria-label={title}
      className={cx("flex flex-col gap-1 border-r border-line px-3 pt-2 pb-1.5 last:border-r-0", widths[width])}
    >
      <ErrorBoundary
        resetKey={attempt}
        fallback={(error) => (
          <ChartHead title={title}>
            <Failed error={error} onRetry={() => setAttempt((count) => count + 1)} />
          </ChartHead>
        )}
      >
        <Suspense
          fallback={
            <Loading label={chartsText.loading(title)}>
              <ChartHead title={title} />
              <span className="skeleton my-1 block h-[72px]" />
              <span className="skeleton mt-1 block h-3 w-2/3" />
            </Loading>
          }
        >
          {children(attempt)}
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}

function ChartHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex h-5 items-center gap-2 text-label">
      <h2 className="min-w-0 truncate font-medium text-ink-2">{title}</h2>
      <span className="tabular ml-auto flex shrink-0 items-center gap-1 text-ink-3">{children}</span>
    </header>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <span role="alert" className="flex items-center gap-1 text-danger" title={messageOf(error)}>
      <TriangleAlert size={12} aria-hidden />
      {chartsText.failed}
      <IconButton label={common.retry} size="small" icon={<RotateCw size={12} />} onPress={onRetry} />
    </span>
  );
}

/** Title, chart, and a legend that tells the values under the cursor, or those of the whole range. */
export function ChartBody({
  title,
  points,
  series,
  form,
  format,
  totals,
  failure,
  onRetry,
  onRange,
}: {
  title: string;
  points: readonly Point[];
  series: readonly Series[];
  form: "bars" | "lines";
  format: (value: number) => string;
  /** Of the whole range, by series. */
  totals: readonly (number | null)[];
  failure: Error | null;
  onRetry: () => void;
  onRange: (start: Date, end: Date) => void;
}) {
  const { time } = useCursor();
  const shown = form === "bars" ? merged(points) : points;
  const at = time === null ? null : (shown.findLast(({ start }) => start <= time) ?? null);
  const isEmpty = points.every(({ values }) => values.every((value) => value === null || value === 0));
  const length = (points.at(-1)?.end ?? 0) - (points[0]?.start ?? 0);
  return (
    <>
      <ChartHead title={title}>
        {failure ? <Failed error={failure} onRetry={onRetry} /> : at && timeLabel(at.start, length)}
      </ChartHead>
      {isEmpty ? (
        <p className="flex h-[72px] items-center justify-center border-b border-line text-label text-ink-3">
          {chartsText.none}
        </p>
      ) : (
        <TimeChart title={title} points={shown} series={series} form={form} format={format} onRange={onRange} />
      )}
      <dl className="flex h-4 gap-2.5 overflow-hidden text-label whitespace-nowrap">
        {series.map(({ name, look, hue }, index) => (
          <div key={name} className={cx("flex items-center gap-1", name.length <= SHORT ? "shrink-0" : "min-w-0")}>
            <dt className="flex min-w-0 items-center gap-1 text-ink-3">
              <span
                aria-hidden
                className={cx(look, "size-2 shrink-0 rounded-[2px] bg-current")}
                style={hue === undefined ? undefined : ({ "--kind-hue": hue } as CSSProperties)}
              />
              <span className="truncate">{name}</span>
            </dt>
            <dd className="tabular text-ink">{isEmpty ? "" : figure(at ? at.values[index] : totals[index], format)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function figure(value: number | null | undefined, format: (value: number) => string): ReactNode {
  return value === null || value === undefined ? <Missing /> : format(value);
}
