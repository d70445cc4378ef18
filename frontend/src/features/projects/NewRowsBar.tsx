import { ArrowUp } from "lucide-react";
import { Suspense } from "react";
import { Button } from "react-aria-components";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { NewRowsBarQuery } from "../../__generated__/NewRowsBarQuery.graphql";
import { plural } from "../../lib/format";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { useProject } from "./ProjectContext";

/** "12 new spans", over the rows, until the person wants to see them. */
export function NewRowsBar({
  grain,
  newestStart,
  onShow,
}: {
  grain: "span" | "trace";
  /** Start of the newest row shown; `null` where the order says nothing about what is new. */
  newestStart: string | null;
  onShow: () => void;
}) {
  const { live } = useProject();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-9 z-30 flex justify-center">
      <Button
        onPress={onShow}
        className="pointer-events-auto flex h-7 cursor-default items-center gap-1.5 rounded-pill bg-accent px-3 text-meta font-medium text-on-accent shadow-overlay hovered:opacity-90"
      >
        <ArrowUp size={13} aria-hidden />
        <ErrorBoundary resetKey={live.version} fallback={() => <>New {grain}s</>}>
          <Suspense fallback={<>New {grain}s</>}>
            {newestStart ? <NewCount grain={grain} since={newestStart} /> : <>New {grain}s</>}
          </Suspense>
        </ErrorBoundary>
      </Button>
    </div>
  );
}

function NewCount({ grain, since }: { grain: "span" | "trace"; since: string }) {
  const { id, live } = useProject();
  const { node } = useLazyLoadQuery<NewRowsBarQuery>(
    graphql`
      query NewRowsBarQuery($id: ID!, $timeRange: TimeRange, $spans: Boolean!) {
        node(id: $id) {
          ... on Project {
            recordCount(timeRange: $timeRange) @include(if: $spans)
            traceCount(timeRange: $timeRange) @skip(if: $spans)
          }
        }
      }
    `,
    { id, timeRange: { start: afterMicrosecond(since) }, spans: grain === "span" },
    { fetchPolicy: "store-and-network", fetchKey: live.version },
  );
  const count = (grain === "span" ? node.recordCount : node.traceCount) ?? 0;
  // Late spans of earlier moments are new too, but not newer than the first row.
  return count > 0 ? <>{plural(count, `new ${grain}`)}</> : <>Updated {grain}s</>;
}

/** One microsecond later, so that the row itself is not counted. `Date` only knows milliseconds. */
export function afterMicrosecond(time: string): string {
  const match = /^(.*?)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(time);
  if (!match) return time;
  const micros = Number((match[2] ?? "").padEnd(6, "0")) + 1;
  if (micros < 1_000_000) return `${match[1]}.${String(micros).padStart(6, "0")}${match[3]}`;
  return new Date(new Date(`${match[1]}${match[3]}`).getTime() + 1000).toISOString();
}
