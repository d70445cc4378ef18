import { formatCount } from "../../lib/format";
import { Cost, Count, Duration, Missing, When } from "../../ui/Figures";
import { KindIcon, KindText } from "../../ui/Kind";
import { StatusIcon, StatusText } from "../../ui/Status";
import { IdCell, TextCell } from "../../ui/table/cells";
import type { Column } from "../../ui/table/columns";
import { metadataColumnText, spansText } from "../../text/project";
import { annotationColumns } from "../projects/annotations/annotationColumns";
import { MetadataCell } from "../projects/metadata/MetadataCell";
import { RowLink } from "../projects/RowLink";
import type { SpanRow } from "./spanPages";

const { columns } = spansText;

const plainColumns: Column<SpanRow>[] = [
  {
    id: "name",
    title: columns.name,
    width: 200,
    minWidth: 140,
    grow: 0.6,
    pin: "start",
    canHide: false,
    text: (row) => row.name,
    cell: (row) => (
      <RowLink traceId={row.trace.traceId} spanId={row.id}>
        {row.name}
      </RowLink>
    ),
  },
  {
    id: "kind",
    title: columns.kind,
    width: 104,
    minWidth: 60,
    canHide: false,
    text: (row) => row.spanKind,
    cell: (row) => <KindText kind={row.spanKind} />,
  },
  {
    id: "status",
    title: columns.status,
    width: 76,
    minWidth: 60,
    text: (row) => row.statusCode,
    cell: (row) => <StatusText code={row.statusCode} />,
  },
  {
    id: "input",
    title: columns.input,
    width: 170,
    minWidth: 110,
    grow: 1,
    text: (row) => row.input?.truncatedValue,
    cell: (row) => <TextCell text={row.input?.truncatedValue} />,
  },
  {
    id: "output",
    title: columns.output,
    width: 170,
    minWidth: 110,
    grow: 1,
    text: (row) => row.output?.truncatedValue,
    cell: (row) => <TextCell text={row.output?.truncatedValue} />,
  },
  {
    id: "error",
    title: columns.error,
    width: 180,
    minWidth: 100,
    shown: false,
    text: (row) => row.statusMessage,
    cell: (row) => <TextCell text={row.statusMessage} />,
  },
  {
    id: "model",
    title: columns.model,
    width: 120,
    minWidth: 80,
    grow: 0.2,
    text: (row) => row.modelName,
    cell: (row) => <TextCell text={row.modelName} />,
  },
  {
    id: "user",
    title: columns.user,
    width: 100,
    minWidth: 70,
    shown: false,
    text: (row) => row.userId,
    cell: (row) => <TextCell text={row.userId} />,
  },
  {
    id: "metadata",
    title: metadataColumnText.title,
    hint: metadataColumnText.hint,
    width: 180,
    minWidth: 90,
    shown: false,
    text: (row) => row.metadata,
    cell: (row) => <MetadataCell metadata={row.metadata} />,
  },
  {
    id: "spanId",
    title: columns.spanId,
    width: 140,
    minWidth: 80,
    shown: false,
    text: (row) => row.spanId,
    cell: (row) => <IdCell id={row.spanId} />,
  },
  {
    id: "traceId",
    title: columns.traceId,
    width: 240,
    minWidth: 80,
    shown: false,
    text: (row) => row.trace.traceId,
    cell: (row) => <IdCell id={row.trace.traceId} />,
  },
  {
    id: "prompt",
    title: columns.prompt,
    hint: columns.promptHint,
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
    title: columns.completion,
    hint: columns.completionHint,
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
    title: columns.tokens,
    hint: columns.tokensHint,
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
    title: columns.cost,
    hint: columns.costHint,
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

/** Where only roots are listed, their tokens and cost are those of everything below them. */
const rootColumns: Partial<Record<string, Partial<Column<SpanRow>>>> = {
  tokenCountTotal: {
    hint: columns.allTokensHint,
    text: (row) => row.cumulativeTokenCountTotal,
    cell: (row) => <Count value={row.cumulativeTokenCountTotal} />,
  },
  tokenCostTotal: {
    hint: columns.allCostHint,
    canSort: false,
    text: (row) => row.trace.costSummary.total.cost,
    cell: (row) => <Cost usd={row.trace.costSummary.total.cost} />,
  },
};

export function spanColumns({
  isRoots,
  annotationNames,
}: {
  isRoots: boolean;
  annotationNames: readonly string[];
}): Column<SpanRow>[] {
  const own = isRoots ? plainColumns.map((column) => ({ ...column, ...rootColumns[column.id] })) : plainColumns;
  const at = own.findIndex(({ id }) => id === "model") + 1;
  const annotations = annotationColumns<SpanRow>(annotationNames, "annotations", (row) => row.spanAnnotations, {
    canSort: true,
  });
  return own.toSpliced(at, 0, ...annotations);
}

/** Only calls of a model cost something; where one has no price, that is said. */
function SpanCost({ row }: { row: SpanRow }) {
  if (!row.costSummary) return <Missing />;
  return <Cost usd={row.costSummary.total.cost} model={row.modelName ?? null} />;
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
          <span className="tabular shrink-0">{spansText.tokens(formatCount(row.tokenCountTotal))}</span>
        )}
        <When time={row.startTime} />
      </div>
    </div>
  );
}
