import type { GraphQLTaggedNode, OperationType } from "relay-runtime";
import type { TraceChartsTracesQuery } from "../../../__generated__/TraceChartsTracesQuery.graphql";
import { rangeBounds } from "../../../lib/timeRange";
import { notify } from "../../../lib/toasts";
import { useAnswered, type Answered } from "../../../lib/useAnswered";
import { useTimeRange } from "../../../lib/urlState";
import { common } from "../../../text/common";
import { metricsText } from "../../../text/metrics";
import { binEnd, binScale } from "../../../ui/chart/bins";
import { useProject } from "../ProjectContext";

/** Charts are dearer than a page of rows, so live ones are read at every fifth refresh. */
const EVERY = 5;

type ChartVariables = TraceChartsTracesQuery["variables"];

/** The window of the page as a chart asks for it: closed, and the same until the next bin begins. */
function useChartVariables(): ChartVariables {
  const { id, range, timeRange, anchor } = useProject();
  const bounds = rangeBounds(range, anchor);
  const start = timeRange.start ? new Date(timeRange.start) : bounds.start;
  const scale = binScale(start, bounds.end);
  const end = range.kind === "fixed" && range.end ? range.end : binEnd(bounds.end, scale);
  return {
    id,
    timeRange: { start: start.toISOString(), end: end.toISOString() },
    bins: { scale, utcOffsetMinutes: -anchor.getTimezoneOffset() },
  };
}

export function useChart<Q extends OperationType & { variables: ChartVariables }>(
  query: GraphQLTaggedNode,
  attempt: number,
  more: Partial<Q["variables"]> = {},
): Answered<Q> & { end: Date } {
  const { fetchKey } = useProject();
  const answer = useAnswered<Q>(query, { ...useChartVariables(), ...more }, Math.ceil(fetchKey / EVERY) + attempt);
  return { ...answer, end: new Date(answer.variables.timeRange.end ?? 0) };
}

/** The chosen part becomes the time range; one press brings the range before back. */
export function useNarrow(): (start: Date, end: Date) => void {
  const { refresh } = useProject();
  const [range, setRange] = useTimeRange();
  return (start, end) => {
    setRange({ kind: "fixed", start, end });
    refresh();
    notify({
      tone: "info",
      title: metricsText.narrowed,
      action: {
        label: common.undo,
        run: () => {
          setRange(range);
          refresh();
        },
      },
    });
  };
}
