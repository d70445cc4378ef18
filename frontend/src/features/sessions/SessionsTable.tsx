import { MessagesSquare } from "lucide-react";
import { useEffect, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { sessionPagesQuery } from "../../__generated__/sessionPagesQuery.graphql";
import { sessionPath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { projectText } from "../../text/project";
import { sessionsText } from "../../text/sessions";
import { EmptyState } from "../../ui/EmptyState";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable, NOTHING_PICKED, type TableHandle, type DataTableProps } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { NewRowsBar } from "../projects/NewRowsBar";
import { PickedRowsBar, usePicked } from "../projects/PickedRows";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { SessionCompactRow } from "./sessionColumns";
import { sessionPages, sessionQuestion, type SessionRow, type SessionSortColumn } from "./sessionPages";

export function SessionsTable({
  storageKey,
  columns,
  condition,
  sort,
  onSort,
  onRows,
}: {
  storageKey: string;
  columns: Column<SessionRow>[];
  condition: string;
  sort: SortParam<SessionSortColumn>;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
  /** The loaded rows, for the drawer that walks through them. */
  onRows: (ids: readonly string[]) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { sessionId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);
  const answered = useAnswered<sessionPagesQuery>(
    sessionPages.query,
    sessionQuestion({ id, timeRange, condition, sort }),
    fetchKey,
  );
  const { isPending, failure, retry } = answered;
  const pages = usePages(sessionPages, answered);
  const { rows } = pages;
  const picked = usePicked(rows);
  // Rows that are picked must not move away.
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: sessionId === undefined && picked.rows.length === 0 });
  useEffect(() => {
    onRows(rows.map((row) => row.id));
  }, [onRows, rows]);

  return (
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
      <DataTable
        label={sessionsText.title}
        storageKey={storageKey}
        handle={table}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHeight={height}
        sort={sort}
        onSort={onSort}
        onOpen={(row) =>
          void navigate(withSearch(sessionPath(id, row.id), withoutSelection(params)), {
            replace: sessionId !== undefined,
          })
        }
        openKey={sessionId ?? null}
        onScrolled={onScrolled}
        selection={picked.selection}
        onLoadMore={pages.loadNext}
        compact={(row) => <SessionCompactRow row={row} />}
        empty={
          condition !== "" ? (
            <NoRowsInRange grain="session" />
          ) : (
            <EmptyState icon={<MessagesSquare size={28} strokeWidth={1.5} />} title={sessionsText.none}>
              {sessionsText.noneNote}
            </EmptyState>
          )
        }
        end={
          (pages.failure || !pages.last.hasNext) && (
            <EndNote failure={pages.failure} onRetry={pages.retry}>
              {projectText.end(rows.length, "session", condition !== "")}
            </EndNote>
          )
        }
      />
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain="session"
          condition={condition}
          // What is new here are turns of sessions, which may have begun long ago.
          newestStart={null}
          onShow={() => {
            refresh();
            table.current?.scrollToTop();
          }}
        />
      )}
      <PickedRowsBar picked={picked} columns={columns} grain="session" table={table} />
    </div>
  );
}

/** Its header works already. */
export function SessionsTableSkeleton({
  storageKey,
  columns,
  sort,
  onSort,
}: Pick<DataTableProps<SessionRow>, "storageKey" | "columns" | "sort" | "onSort">) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={sessionsText.title}
      storageKey={storageKey}
      columns={columns}
      rows={null}
      sort={sort}
      onSort={onSort}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      selection={NOTHING_PICKED}
      compact={() => null}
      empty={null}
    />
  );
}
