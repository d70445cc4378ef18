import { traceText } from "../../text/trace";
import { Loading, skeletonWidth } from "../../ui/Skeleton";

const LEVELS = [0, 1, 2, 2, 3, 2, 1, 2, 3, 3, 2, 1, 2, 2, 1, 2, 3, 2];

export function TreeSkeleton() {
  return (
    <Loading label={traceText.loading}>
      <div className="h-9 shrink-0 border-b border-line" />
      <div className="h-6 shrink-0 border-b border-line" />
      {LEVELS.map((level, row) => (
        <div key={row} className="flex h-6 shrink-0 items-center gap-3 pr-3" style={{ paddingLeft: 12 + level * 14 }}>
          <span className="skeleton size-3.5 shrink-0" />
          <span className="skeleton h-2.5" style={{ width: skeletonWidth(row, 1) }} />
        </div>
      ))}
    </Loading>
  );
}
