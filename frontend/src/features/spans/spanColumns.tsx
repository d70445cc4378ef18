import { Link, useSearchParams } from "react-router";
import { tracePath, withoutSelection, withSearch } from "../../lib/urlState";
import { Cost, Count, Duration, Missing, When } from "../../ui/Figures";
import { KindIcon, KindText } from "../../ui/Kind";
import { StatusIcon, StatusText } from "../../ui/Status";
import { IdCell, TextCell } from "../../ui/table/cells";
import type { Column } from "../../ui/table/columns";
import { useProject } from "../projects/ProjectContext";
import type { SpanRow } from "./SpansTable";

export const spanColumns: Column<SpanRow>[] = [
  {
    id: "name",
    title: "Name",
    width: 200,
    minWidth: 140,
    grow: 0.6,
    pin: "start",
    canHide: false,
    text: (row) => row.name,
    cell: (row) => <SpanLink row={row} />,
  },
  {
    id: "kind",
    title: "Kind",
    width: 104,
    minWidth: 60,
    canHide: false,
    text: (row) => row.spanKind,
    cell: (row) => <KindText kind={row.spanKind} />,
  },
  {
    id: "status",
    title: "Status",
    width: 76,
    minWidth: 60,
    text: (row) => row.statusCode,
    cell: (row) => <StatusText code={row.statusCode} />,
  },
  {
    id: "input",
    title: "Input",
    width: 170,
    minWidth: 110,
    grow: 1,
    text: (row) => row.input?.truncatedValue,
    cell: (row) => <TextCell text={row.input?.truncatedValue} />,
  },
  {
    id: "output",
    title: "Output",
    width: 170,
    minWidth: 110,
    grow: 1,
    text: (row) => row.output?.truncatedValue,
    cell: (row) => <TextCell text={row.output?.truncatedValue} />,
  },
  {
    id: "error",
    title: "Error",
    width: 180,
    minWidth: 100,
    shown: false,
    text: (row) => row.statusMessage,
    cell: (row) => <TextCell text={row.statusMessage} />,
  },
  {
    id: "model",
    title: "Model",
    width: 120,
    minWidth: 80,
    grow: 0.2,
    text: (row) => row.modelName,
    cell: (row) => <TextCell text={row.modelName} />,
  },
  {
    id: "user",
    title: "User",
    width: 100,
    minWidth: 70,
    shown: false,
    text: (row) => row.userId,
    cell: (row) => <TextCell text={row.userId} />,
  },
  {
    id: "spanId",
    title: "Span id",
    width: 140,
    minWidth: 80,
    shown: false,
    text: (row) => row.spanId,
    cell: (row) => <IdCell id={row.spanId} />,
  },
  {
    id: "traceId",
    title: "Trace id",
    width: 240,
    minWidth: 80,
    shown: false,
    text: (row) => row.trace.traceId,
    cell: (row) => <IdCell id={row.trace.traceId} />,
  },
  {
    id: "prompt",
    title: "Prompt",
    hint: "Prompt tokens",
    width: 72,
    minWidth: 60,
    shown: false,
    align: "end",
    pin: "end",
    text: (row) => row.tokenCountPrompt,
    cell: (row) => <Count value={row.tokenCountPrompt} />,
  },
  {
    id: "completion",
    title: "Completion",
    hint: "Completion tokens",
    width: 88,
    minWidth: 60,
    shown: false,
    align: "end",
    pin: "end",
    text: (row) => row.tokenCountCompletion,
    cell: (row) => <Count value={row.tokenCountCompletion} />,
  },
  {
    id: "tokenCountTotal",
    title: "Tokens",
    hint: "Prompt and completion tokens together",
    width: 76,
    minWidth: 60,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.tokenCountTotal,
    cell: (row) => <Count value={row.tokenCountTotal} />,
  },
  {
    id: "tokenCostTotal",
    title: "Cost",
    hint: "US dollars, by the prices of the model",
    width: 80,
    minWidth: 60,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.costSummary?.total.cost,
    cell: (row) => <SpanCost row={row} />,
  },
  {
    id: "latencyMs",
    title: "Latency",
    width: 84,
    minWidth: 70,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.latencyMs,
    cell: (row) => <Duration ms={row.latencyMs} />,
  },
  {
    id: "startTime",
    title: "Started",
    width: 108,
    minWidth: 90,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.startTime,
    cell: (row) => <When time={row.startTime} />,
  },
];

/** Only calls of a model cost something; where one has no price, that is said. */
function SpanCost({ row }: { row: SpanRow }) {
  if (!row.costSummary) return <Missing />;
  return <Cost usd={row.costSummary.total.cost} model={row.modelName ?? null} />;
}

function SpanLink({ row }: { row: SpanRow }) {
  const { id } = useProject();
  const [params] = useSearchParams();
  const search = withoutSelection(params);
  search.set("selectedSpanNodeId", row.id);
  return (
    <Link
      to={withSearch(tracePath(id, "spans", row.trace.traceId), search)}
      tabIndex={-1}
      title={row.name}
      className="truncate text-body font-medium hover:underline"
    >
      {row.name}
    </Link>
  );
}

/** Two lines where there is no room for columns. */
export function SpanCompactRow({ row }: { row: SpanRow }) {
  return (
    <div className="flex h-full flex-col justify-center gap-0.5 px-3">
      <div className="flex items-center gap-2">
        <KindIcon kind={row.spanKind} />
        <span className="min-w-0 grow truncate text-body font-medium">{row.name}</span>
        {row.statusCode === "ERROR" && <StatusIcon code="ERROR" />}
        <Duration ms={row.latencyMs} />
      </div>
      <div className="flex items-center gap-2 text-ink-3">
        <span className="min-w-0 grow truncate">{row.input?.truncatedValue ?? <Missing />}</span>
        {row.tokenCountTotal !== null && row.tokenCountTotal !== undefined && (
          <span className="tabular shrink-0">{row.tokenCountTotal} tok</span>
        )}
        <When time={row.startTime} />
      </div>
    </div>
  );
}
