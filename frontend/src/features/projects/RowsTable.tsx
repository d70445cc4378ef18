import { useRef, type ReactNode } from "react";
import { useParams } from "react-router";
import type { OperationType } from "relay-runtime";
import type { Answered } from "../../lib/useAnswered";
import type { Page, Pages } from "../../lib/usePages";
import { projectText } from "../../text/project";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import { DataTable, type TableHandle } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { NewRowsBar } from "./NewRowsBar";
import { PickedRowsBar, usePicked } from "./PickedRows";
import { useProject } from "./ProjectContext";
import type { RowsLayout } from "./RowsTab";
import type { Origin } from "./TraceActions";
import { useLiveRows } from "./useLiveRows";

/** The rows of a project that are there: live, picked, opened, and read on when the end comes near. */
export function RowsTable<Row extends { readonly id: string; readonly startTime: string }>({
  layout,
  condition,
  isFiltered,
  answered,
  pages,
  openKey,
  onOpen,
  onActive,
  originOf,
  compact,
  empty,
}: {
  layout: RowsLayout<Row>;
  condition: string;
  /** Whether a person has chosen some of the rows. */
  isFiltered: boolean;
  answered: Omit<Answered<OperationType>, "data" | "variables">;
  pages: Omit<Pages<Page<Row>>, "last"> & { last: Page<unknown> };
  openKey: string | null;
  onOpen: (row: Row) => void;
  onActive: (row: Row) => void;
  /** Where rows belong to one trace each. */
  originOf?: (row: Row) => Origin;
  /** Two lines where there is no room for columns. */
  compact: (row: Row) => ReactNode;
  empty: ReactNode;
}) {
  const { refresh } = useProject();
  const { traceId, sessionId } = useParams();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);
  const { grain, label, storageKey, columns, sort, onSort } = layout;
  const { rows } = pages;
  const picked = usePicked(rows);
  // Rows that are picked must not move away, nor the one that is read.
  const isRead = traceId !== undefined || sessionId !== undefined;
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: !isRead && picked.rows.length === 0 });
  // What is new among sessions are turns of them, which may have begun long ago.
  const isNewestFirst = grain !== "session" && sort.column === "startTime" && sort.direction === "desc";

  return (
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={answered.isPending} />
      {answered.failure && <StaleBar error={answered.failure} note={projectText.oldRows} onRetry={answered.retry} />}
      <DataTable
        label={label}
        storageKey={storageKey}
        handle={table}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHeight={height}
        sort={sort}
        onSort={onSort}
        onOpen={onOpen}
        openKey={openKey}
        onScrolled={onScrolled}
        onActive={onActive}
        selection={picked.selection}
        onLoadMore={pages.loadNext}
        compact={compact}
        empty={empty}
        end={
          (pages.failure || !pages.last.hasNext) && (
            <EndNote failure={pages.failure} onRetry={pages.retry}>
              {projectText.end(rows.length, grain, isFiltered)}
            </EndNote>
          )
        }
      />
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain={grain}
          condition={condition}
          newestStart={isNewestFirst ? (rows[0]?.startTime ?? null) : null}
          onShow={() => {
            refresh();
            table.current?.scrollToTop();
          }}
        />
      )}
      <PickedRowsBar picked={picked} columns={columns} grain={grain} originOf={originOf} table={table} />
    </div>
  );
}
