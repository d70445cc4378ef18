import { sessionsText } from "../../text/sessions";
import { Cost, Count, Missing, When } from "../../ui/Figures";
import { IdCell, TextCell } from "../../ui/table/cells";
import type { Column } from "../../ui/table/columns";
import { annotationColumns } from "../projects/annotations/annotationColumns";
import type { SessionRow } from "./sessionPages";

const { columns } = sessionsText;

const plainColumns: Column<SessionRow>[] = [
  {
    id: "sessionId",
    title: columns.session,
    width: 180,
    minWidth: 120,
    pin: "start",
    canHide: false,
    text: (row) => row.sessionId,
    cell: (row) => <IdCell id={row.sessionId} />,
  },
  {
    id: "firstInput",
    title: columns.firstInput,
    width: 220,
    minWidth: 120,
    grow: 1,
    text: (row) => row.firstInput?.truncatedValue,
    cell: (row) => <TextCell text={row.firstInput?.truncatedValue} />,
  },
  {
    id: "lastOutput",
    title: columns.lastOutput,
    width: 220,
    minWidth: 120,
    grow: 1,
    text: (row) => row.lastOutput?.truncatedValue,
    cell: (row) => <TextCell text={row.lastOutput?.truncatedValue} />,
  },
  {
    id: "user",
    title: columns.user,
    width: 110,
    minWidth: 70,
    text: (row) => row.userId,
    cell: (row) => <TextCell text={row.userId} />,
  },
  {
    id: "failed",
    title: columns.failed,
    width: 66,
    minWidth: 60,
    align: "end",
    pin: "end",
    text: (row) => row.numTracesWithError,
    cell: (row) =>
      row.numTracesWithError > 0 ? (
        <span className="font-medium text-danger">
          <Count value={row.numTracesWithError} />
        </span>
      ) : (
        <Missing />
      ),
  },
  {
    id: "numTraces",
    title: columns.traces,
    width: 76,
    minWidth: 60,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.numTraces,
    cell: (row) => <Count value={row.numTraces} />,
  },
  {
    id: "tokenCountTotal",
    title: columns.tokens,
    width: 80,
    minWidth: 60,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.tokenUsage.total,
    cell: (row) => <Count value={row.tokenUsage.total} />,
  },
  {
    id: "costTotal",
    title: columns.cost,
    width: 84,
    minWidth: 60,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.costSummary.total.cost,
    cell: (row) => <Cost usd={row.costSummary.total.cost} />,
  },
  {
    id: "startTime",
    title: columns.started,
    width: 108,
    minWidth: 90,
    align: "end",
    pin: "end",
    canSort: true,
    shown: false,
    text: (row) => row.startTime,
    cell: (row) => <When time={row.startTime} />,
  },
  {
    id: "endTime",
    title: columns.ended,
    width: 112,
    minWidth: 90,
    align: "end",
    pin: "end",
    canSort: true,
    text: (row) => row.endTime,
    cell: (row) => <When time={row.endTime} />,
  },
];

export function sessionColumns({ annotationNames }: { annotationNames: readonly string[] }): Column<SessionRow>[] {
  const at = plainColumns.findIndex(({ id }) => id === "user") + 1;
  const annotations = annotationColumns<SessionRow>(
    annotationNames,
    "session_annotations",
    (row) => row.sessionAnnotations,
    { canSort: true },
  );
  return plainColumns.toSpliced(at, 0, ...annotations);
}

/** Two lines where there is no room for columns. */
export function SessionCompactRow({ row }: { row: SessionRow }) {
  return (
    <div className="flex h-full flex-col justify-center gap-0.5 px-3">
      <div className="flex items-center gap-2">
        <span className="min-w-0 grow truncate text-body font-medium">
          {row.firstInput?.truncatedValue ?? row.sessionId}
        </span>
        <span className="tabular shrink-0 text-ink-3">{row.numTraces}</span>
      </div>
      <div className="flex items-center gap-2 text-ink-3">
        <span className="min-w-0 grow truncate">{row.lastOutput?.truncatedValue ?? <Missing />}</span>
        <When time={row.endTime} />
      </div>
    </div>
  );
}
