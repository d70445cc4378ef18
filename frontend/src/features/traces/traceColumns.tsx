import { facts } from "../../text/figures";
import { Cost, Count, Duration, Missing, When } from "../../ui/Figures";
import { KindIcon, KindText } from "../../ui/Kind";
import { StatusIcon, StatusText } from "../../ui/Status";
import { IdCell, TextCell } from "../../ui/table/cells";
import type { Column } from "../../ui/table/columns";
import { tracesText } from "../../text/project";
import { annotationColumns } from "../projects/annotations/annotationColumns";
import { RowLink } from "../projects/RowLink";
import type { TraceRow } from "./tracePages";

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
    text: (row) => row.rootSpan?.name ?? row.traceId,
    cell: (row) => <RowLink traceId={row.traceId}>{row.rootSpan?.name ?? row.traceId}</RowLink>,
  },
  {
    id: "kind",
    title: columns.kind,
    width: 104,
    minWidth: 60,
    canHide: false,
    text: (row) => row.rootSpan?.spanKind,
    cell: (row) => (row.rootSpan ? <KindText kind={row.rootSpan.spanKind} /> : <Missing />),
  },
  {
    id: "status",
    title: columns.status,
    hint: columns.statusHint,
    width: 90,
    minWidth: 60,
    text: (row) => (row.errorCount > 0 ? "ERROR" : (row.rootSpan?.statusCode ?? "UNSET")),
    cell: (row) => <TraceStatus row={row} />,
  },
  {
    id: "input",
    title: columns.input,
    width: 190,
    minWidth: 110,
    grow: 1,
    text: (row) => row.rootSpan?.input?.truncatedValue,
    cell: (row) => <TextCell text={row.rootSpan?.input?.truncatedValue} />,
  },
  {
    id: "output",
    title: columns.output,
    width: 190,
    minWidth: 110,
    grow: 1,
    text: (row) => row.rootSpan?.output?.truncatedValue,
    cell: (row) => <TextCell text={row.rootSpan?.output?.truncatedValue} />,
  },
  {
    id: "user",
    title: columns.user,
    width: 100,
    minWidth: 70,
    shown: false,
    text: (row) => row.rootSpan?.userId,
    cell: (row) => <TextCell text={row.rootSpan?.userId} />,
  },
  {
    id: "traceId",
    title: columns.traceId,
    width: 240,
    minWidth: 80,
    shown: false,
    text: (row) => row.traceId,
    cell: (row) => <IdCell id={row.traceId} />,
  },
  {
    id: "numSpans",
    title: columns.spans,
    width: 68,
    minWidth: 56,
    align: "end",
    pin: "end",
    text: (row) => row.numSpans,
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
    text: (row) => row.tokenUsage.total,
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
    text: (row) => row.costSummary.total.cost,
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
    text: (row) => row.latencyMs,
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
    text: (row) => row.startTime,
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
      {facts.errorCount(row.errorCount)}
    </span>
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
        <span className="tabular">{facts.spanCount(row.numSpans)}</span>
        <When time={row.startTime} />
      </div>
    </div>
  );
}
