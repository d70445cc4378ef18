import { Link, useSearchParams } from "react-router";
import { tracePath, withoutSelection, withSearch } from "../../lib/urlState";
import { plural } from "../../lib/format";
import { Cost, Count, Duration, Missing, When } from "../../ui/Figures";
import { KindIcon, KindText } from "../../ui/Kind";
import { StatusIcon, StatusText } from "../../ui/Status";
import { IdCell, TextCell } from "../../ui/table/cells";
import type { Column } from "../../ui/table/columns";
import { tracesText } from "../../text/project";
import { annotationColumns } from "../projects/annotations/annotationColumns";
import { useProject } from "../projects/ProjectContext";
import type { TraceRow } from "./TracesTable";

const { columns } = tracesText;

const plainColumns: Column<TraceRow>[] = [
  {
    id: "name",
    title: columns.name,
    hint: columns.nameHint,
    width: 200,
    minWidth: 140,
    grow: 0.6,
    pin: "start",
    canHide: false,
    cell: (row) => <TraceLink row={row} />,
  },
  {
    id: "kind",
    title: columns.kind,
    width: 104,
    minWidth: 60,
    canHide: false,
    cell: (row) => (row.rootSpan ? <KindText kind={row.rootSpan.spanKind} /> : <Missing />),
  },
  {
    id: "status",
    title: columns.status,
    hint: columns.statusHint,
    width: 90,
    minWidth: 60,
    cell: (row) => <TraceStatus row={row} />,
  },
  {
    id: "input",
    title: columns.input,
    width: 190,
    minWidth: 110,
    grow: 1,
    cell: (row) => <TextCell text={row.rootSpan?.input?.truncatedValue} />,
  },
  {
    id: "output",
    title: columns.output,
    width: 190,
    minWidth: 110,
    grow: 1,
    cell: (row) => <TextCell text={row.rootSpan?.output?.truncatedValue} />,
  },
  {
    id: "user",
    title: columns.user,
    width: 100,
    minWidth: 70,
    shown: false,
    cell: (row) => <TextCell text={row.rootSpan?.userId} />,
  },
  {
    id: "traceId",
    title: columns.traceId,
    width: 240,
    minWidth: 80,
    shown: false,
    cell: (row) => <IdCell id={row.traceId} />,
  },
  {
    id: "numSpans",
    title: columns.spans,
    width: 68,
    minWidth: 56,
    align: "end",
    pin: "end",
    cell: (row) => <Count value={row.numSpans} />,
  },
  {
    id: "tokens",
    title: columns.tokens,
    hint: columns.tokensHint,
    width: 76,
    minWidth: 60,
    align: "end",
    pin: "end",
    cell: (row) => <Count value={row.tokenUsage.total} />,
  },
  {
    id: "cost",
    title: columns.cost,
    hint: columns.costHint,
    width: 80,
    minWidth: 60,
    align: "end",
    pin: "end",
    cell: (row) => <Cost usd={row.costSummary.total.cost} />,
  },
  {
    id: "latencyMs",
    title: columns.latency,
    width: 84,
    minWidth: 70,
    align: "end",
    pin: "end",
    canSort: true,
    cell: (row) => <Duration ms={row.latencyMs} />,
  },
  {
    id: "startTime",
    title: columns.started,
    width: 108,
    minWidth: 90,
    align: "end",
    pin: "end",
    canSort: true,
    cell: (row) => <When time={row.startTime} />,
  },
];

export function traceColumns({ annotationNames }: { annotationNames: readonly string[] }): Column<TraceRow>[] {
  const at = plainColumns.findIndex(({ id }) => id === "output") + 1;
  const annotations = annotationColumns<TraceRow>(annotationNames, "trace_annotations", (row) => row.traceAnnotations, {
    // The server sorts traces by start and latency only.
    canSort: false,
  });
  return plainColumns.toSpliced(at, 0, ...annotations);
}

function TraceStatus({ row }: { row: TraceRow }) {
  if (row.errorCount === 0) return <StatusText code={row.rootSpan?.statusCode ?? "UNSET"} />;
  return (
    <span className="inline-flex items-center gap-1.5 text-danger">
      <StatusIcon code="ERROR" />
      {plural(row.errorCount, "error")}
    </span>
  );
}

function TraceLink({ row }: { row: TraceRow }) {
  const { id } = useProject();
  const [params] = useSearchParams();
  return (
    <Link
      to={withSearch(tracePath(id, "traces", row.traceId), withoutSelection(params))}
      tabIndex={-1}
      title={row.rootSpan?.name ?? row.traceId}
      className="truncate text-body font-medium hover:underline"
    >
      {row.rootSpan?.name ?? row.traceId}
    </Link>
  );
}

export function TraceCompactRow({ row }: { row: TraceRow }) {
  return (
    <div className="flex h-full flex-col justify-center gap-0.5 px-3">
      <div className="flex items-center gap-2">
        <KindIcon kind={row.rootSpan?.spanKind ?? "unknown"} />
        <span className="min-w-0 grow truncate text-body font-medium">{row.rootSpan?.name ?? row.traceId}</span>
        {row.errorCount > 0 && <StatusIcon code="ERROR" />}
        <Duration ms={row.latencyMs} />
      </div>
      <div className="flex items-center gap-2 text-ink-3">
        <span className="min-w-0 grow truncate">{row.rootSpan?.input?.truncatedValue ?? <Missing />}</span>
        <span className="tabular">{plural(row.numSpans, "span")}</span>
        <When time={row.startTime} />
      </div>
    </div>
  );
}
