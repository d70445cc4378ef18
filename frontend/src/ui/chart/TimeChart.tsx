import { useId, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from "react";
import { cx } from "../../lib/cx";
import { useSize } from "../../lib/useSize";
import { chartsText } from "../../text/charts";
import { useCursor } from "./cursor";
import { valueScale, type Point } from "./bins";
import { timeLabel } from "./timeLabel";

export type Series = {
  name: string;
  /** A colour of the tokens, as a text colour. */
  look: string;
  hue?: number;
};

const HEIGHT = 72;
const DRAG_PX = 4;

/** Values over time as stacked bars or as lines. Bars begin at zero; where there is no value there is a gap. */
export function TimeChart({
  title,
  points,
  series,
  form,
  format,
  onRange,
}: {
  title: string;
  points: readonly Point[];
  series: readonly Series[];
  form: "bars" | "lines";
  format: (value: number) => string;
  /** A part of the time axis was chosen. */
  onRange: (start: Date, end: Date) => void;
}) {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const { width } = useSize(box);
  const cursor = useCursor();
  const hint = useId();
  const [from, setFrom] = useState<number | null>(null);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;

  const length = last.end - first.start;
  const x = (time: number) => ((time - first.start) / length) * width;
  const heights = points.flatMap(({ values }) =>
    form === "bars"
      ? [values.reduce<number>((total, value) => total + (value ?? 0), 0)]
      : values.filter((value) => value !== null),
  );
  const scale = valueScale(heights, form === "lines");
  const y = (value: number) => HEIGHT - scale.at(value) * (HEIGHT - 2);
  const indexAt = (time: number) =>
    Math.max(
      0,
      points.findLastIndex(({ start }) => start <= time),
    );
  const active = cursor.time === null ? null : indexAt(cursor.time);
  const point = active === null ? null : (points[active] ?? null);

  const timeAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    return first.start + Math.min(1, Math.max(0, (event.clientX - left) / wide)) * length;
  };
  const choose = (a: number, b: number) => {
    const [low, high] = [points[indexAt(Math.min(a, b))], points[indexAt(Math.max(a, b))]];
    setFrom(null);
    if (low && high) onRange(new Date(low.start), new Date(high.end));
  };
  const step = (by: number, isSelecting: boolean) => {
    const at = active ?? (by > 0 ? -1 : points.length);
    const next = points[Math.min(points.length - 1, Math.max(0, at + by))];
    if (!next) return;
    if (!isSelecting) setFrom(null);
    else if (from === null) setFrom(point?.start ?? next.start);
    cursor.move(next.start);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft")
      step(event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    else if (event.key === "Home" || event.key === "End") {
      step(event.key === "End" ? points.length : -points.length, event.shiftKey);
    } else if (event.key === "Enter" && point) choose(from ?? point.start, point.start);
    else if (event.key === "Escape" && from !== null) setFrom(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const said = point
    ? chartsText.at(
        timeLabel(point.start, length),
        series.map(({ name }, index) => `${name} ${textOf(point.values[index], format)}`).join(", "),
      )
    : chartsText.none;
  const selection =
    from === null || cursor.time === null ? null : [Math.min(from, cursor.time), Math.max(from, cursor.time)];
  return (
    <>
      <span id={hint} className="sr-only">
        {chartsText.hint}
      </span>
      <div
        ref={setBox}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={points.length - 1}
        aria-valuenow={active ?? points.length - 1}
        aria-valuetext={said}
        aria-describedby={hint}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setFrom(null);
          cursor.move(null);
        }}
        onPointerMove={(event) => cursor.move(timeAt(event))}
        onPointerLeave={() => from === null && cursor.move(null)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setFrom(timeAt(event));
        }}
        onPointerUp={(event) => from !== null && choose(from, timeAt(event))}
        onPointerCancel={() => setFrom(null)}
        className="relative cursor-crosshair touch-pan-y rounded-control select-none focus-visible:outline-offset-1"
        style={{ height: HEIGHT }}
      >
        <svg width={width} height={HEIGHT} aria-hidden className="absolute inset-0 overflow-visible">
          {[0.5, 1].map((share) => (
            <line
              key={share}
              x1={0}
              x2={width}
              y1={HEIGHT - share * (HEIGHT - 2)}
              y2={HEIGHT - share * (HEIGHT - 2)}
              className="stroke-line"
              strokeDasharray="2 3"
            />
          ))}
          <line x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-line-strong" />
          {form === "bars"
            ? points.map((each, index) => (
                <Bar
                  key={each.start}
                  point={each}
                  series={series}
                  left={x(each.start)}
                  width={Math.max(1, x(each.end) - x(each.start) - (width / points.length > 4 ? 1 : 0))}
                  y={y}
                  isDimmed={active !== null && active !== index}
                />
              ))
            : series.map((each, index) => (
                <Line key={each.name} series={each} points={points} index={index} x={x} y={y} />
              ))}
          {point && form === "lines" && (
            <line
              x1={x((point.start + point.end) / 2)}
              x2={x((point.start + point.end) / 2)}
              y1={0}
              y2={HEIGHT}
              className="stroke-control"
            />
          )}
          {selection && Math.abs(x(selection[1] ?? 0) - x(selection[0] ?? 0)) > DRAG_PX && (
            <rect
              x={x(selection[0] ?? 0)}
              width={x(selection[1] ?? 0) - x(selection[0] ?? 0)}
              y={0}
              height={HEIGHT}
              className="fill-accent/20 stroke-accent"
            />
          )}
        </svg>
        <span className="pointer-events-none absolute -top-1 left-0 bg-surface/80 pr-1 text-label leading-3 text-ink-3">
          {format(scale.top)}
        </span>
      </div>
    </>
  );
}

function textOf(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? chartsText.noValue : format(value);
}

function Bar({
  point,
  series,
  left,
  width,
  y,
  isDimmed,
}: {
  point: Point;
  series: readonly Series[];
  left: number;
  width: number;
  y: (value: number) => number;
  isDimmed: boolean;
}) {
  const values = series.map((_, index) => point.values[index] ?? 0);
  return (
    <g className={cx(isDimmed && "opacity-50")}>
      {series.map(({ name, look }, index) => {
        const below = values.slice(0, index).reduce((total, value) => total + value, 0);
        const bottom = y(below);
        const value = values[index] ?? 0;
        if (value <= 0) return null;
        // What is there is seen, however little it is.
        const height = Math.max(1.5, bottom - y(below + value));
        return (
          <rect
            key={name}
            x={left}
            y={bottom - height}
            width={width}
            height={height}
            className={cx(look, "fill-current")}
          />
        );
      })}
    </g>
  );
}

function Line({
  series: { look, hue },
  points,
  index,
  x,
  y,
}: {
  series: Series;
  points: readonly Point[];
  index: number;
  x: (time: number) => number;
  y: (value: number) => number;
}) {
  const places = points.map(({ start, end, values }) => {
    const value = values[index];
    return value === null || value === undefined ? null : { x: x((start + end) / 2), y: y(value) };
  });
  const path = places
    .map((place, at) => place && `${places[at - 1] ? "L" : "M"}${place.x.toFixed(1)} ${place.y.toFixed(1)}`)
    .filter(Boolean)
    .join("");
  return (
    <g className={look} style={hue === undefined ? undefined : ({ "--kind-hue": hue } as CSSProperties)}>
      <path d={path} className="fill-none stroke-current" strokeWidth={1.5} strokeLinejoin="round" />
      {places.map(
        (place, at) =>
          place &&
          // A value between two gaps has no line.
          !places[at - 1] &&
          !places[at + 1] && <circle key={at} cx={place.x} cy={place.y} r={1.75} className="fill-current" />,
      )}
    </g>
  );
}
