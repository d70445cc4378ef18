import { ArrowUp } from "lucide-react";
import { Suspense } from "react";
import { Button } from "react-aria-components";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { NewRowsBarQuery } from "../../__generated__/NewRowsBarQuery.graphql";
import { projectText } from "../../text/project";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import type { Grain } from "../filter/model/vocabulary";
import { useProject } from "./ProjectContext";

/** "12 new spans", over the rows, until the person wants to see them. */
export function NewRowsBar({
  grain,
  condition,
  newestStart,
  onShow,
}: {
  grain: Grain;
  /** Of the rows; new ones that it does not choose are not counted. */
  condition: string;
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
        <ErrorBoundary resetKey={live.version} fallback={() => projectText.news[grain]}>
          <Suspense fallback={projectText.news[grain]}>
            {newestStart && grain !== "session" && (grain === "span" || condition === "") ? (
              <NewCount grain={grain} condition={condition} since={newestStart} />
            ) : (
              projectText.news[grain]
            )}
          </Suspense>
        </ErrorBoundary>
      </Button>
    </div>
  );
}

function NewCount({ grain, condition, since }: { grain: "span" | "trace"; condition: string; since: string }) {
  const { id, live } = useProject();
  const { node } = useLazyLoadQuery<NewRowsBarQuery>(
    graphql`
      query NewRowsBarQuery($id: ID!, $timeRange: TimeRange, $spans: Boolean!, $filter: String) {
        node(id: $id) {
          ... on Project {
            recordCount(timeRange: $timeRange, filterCondition: $filter) @include(if: $spans)
            traceCount(timeRange: $timeRange) @skip(if: $spans)
          }
        }
      }
    `,
    { id, timeRange: { start: afterMicrosecond(since) }, spans: grain === "span", filter: condition || null },
    { fetchPolicy: "store-and-network", fetchKey: live.version },
  );
  const count = (grain === "span" ? node.recordCount : node.traceCount) ?? 0;
  // Late spans of earlier moments are new too, but not newer than the first row.
  return count > 0 ? projectText.newRows(count, grain) : projectText.updated[grain];
}

/** One microsecond later, so that the row itself is not counted. `Date` only knows milliseconds. */
export function afterMicrosecond(time: string): string {
  const match = /^(.*?)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(time);
  if (!match) return time;
  const micros = Number((match[2] ?? "").padEnd(6, "0")) + 1;
  if (micros < 1_000_000) return `${match[1]}.${String(micros).padStart(6, "0")}${match[3]}`;
  return new Date(new Date(`${match[1]}${match[3]}`).getTime() + 1000).toISOString();
}
