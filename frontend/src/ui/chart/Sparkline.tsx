import { cx } from "../../lib/cx";
import { axisTop } from "./bins";

const HEIGHT = 28;

/** Counts and, in their own colour, the failed ones among them; said in words to those who do not see it. */
export function Sparkline({
  label,
  bars,
  className,
}: {
  label: string;
  bars: readonly { total: number; failed: number }[];
  className?: string;
}) {
  const top = axisTop(Math.max(0, ...bars.map(({ total }) => total)));
  const width = 100 / Math.max(1, bars.length);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cx("block h-7 w-full", className)}
    >
      <line
        x1={0}
        x2={100}
        y1={HEIGHT - 0.5}
        y2={HEIGHT - 0.5}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
      {bars.map(({ total, failed }, index) => {
        if (total === 0) return null;
        const height = Math.max(1.5, (total / top) * (HEIGHT - 1));
        const red = failed === 0 ? 0 : Math.max(1.5, (failed / top) * (HEIGHT - 1));
        return (
          <g key={index}>
            <rect
              x={index * width}
              width={width * 0.8}
              y={HEIGHT - height}
              height={height}
              className="fill-accent opacity-45"
            />
            {red > 0 && (
              <rect x={index * width} width={width * 0.8} y={HEIGHT - red} height={red} className="fill-danger" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
