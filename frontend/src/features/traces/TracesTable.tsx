import { useEffect, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { tracePagesQuery } from "../../__generated__/tracePagesQuery.graphql";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { projectText, tracesText } from "../../text/project";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable, NOTHING_PICKED, type TableHandle, type DataTableProps } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { NewRowsBar } from "../projects/NewRowsBar";
import { PickedRowsBar, usePicked } from "../projects/PickedRows";
import { useProject } from "../projects/ProjectContext";
import { RowAddress } from "../projects/RowLink";
import { useLiveRows } from "../projects/useLiveRows";
import { NoRowsInRange } from "./NoRowsInRange";
import type { RowSequence } from "./rowSequence";
import { TraceCompactRow } from "./traceColumns";
import { tracePages, traceQuestion, type TraceRow, type TraceSortColumn } from "./tracePages";

export function TracesTable({
  storageKey,
  sequence,
  columns,
  condition,
  sort,
  onSort,
}: {
  storageKey: string;
  sequence: RowSequence;
  columns: Column<TraceRow>[];
  condition: string;
  sort: SortParam<TraceSortColumn>;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);

  const answered = useAnswered<tracePagesQuery>(
    tracePages.query,
    traceQuestion({ id, timeRange, condition, sort }),
    fetchKey,
  );
  const { isPending, failure, retry } = answered;
  const pages = usePages(tracePages, answered);
  const { rows } = pages;
  useEffect(() => {
    sequence.set(rows.map((row) => ({ traceId: row.traceId, spanId: null })));
  }, [sequence, rows]);
  const picked = usePicked(rows);
  // Rows that are picked must not move away.
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: traceId === undefined && picked.rows.length === 0 });

  const open = (row: TraceRow) =>
    void navigate(withSearch(tracePath(id, "traces", row.traceId), withoutSelection(params)), {
      replace: traceId !== undefined,
    });

  return (
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
      <RowAddress tab="traces">
        <DataTable
          label={tracesText.title}
          storageKey={storageKey}
          handle={table}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={height}
          sort={sort}
          onSort={onSort}
          onOpen={open}
          openKey={rows.find((row) => row.traceId === traceId)?.id ?? null}
          onScrolled={onScrolled}
          selection={picked.selection}
          onLoadMore={pages.loadNext}
          compact={(row) => <TraceCompactRow row={row} />}
          empty={<NoRowsInRange grain="trace" />}
          end={
            (pages.failure || !pages.last.hasNext) && (
              <EndNote failure={pages.failure} onRetry={pages.retry}>
                {projectText.end(rows.length, "trace", condition !== "")}
              </EndNote>
            )
          }
        />
      </RowAddress>
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain="trace"
          condition={condition}
          newestStart={sort.column === "startTime" && sort.direction === "desc" ? (rows[0]?.startTime ?? null) : null}
          onShow={() => {
            refresh();
            table.current?.scrollToTop();
          }}
        />
      )}
      <PickedRowsBar picked={picked} columns={columns} grain="trace" traceOf={(row) => row.id} table={table} />
    </div>
  );
}

/** Its header works already. */
export function TracesTableSkeleton({
  storageKey,
  columns,
  sort,
  onSort,
}: Pick<DataTableProps<TraceRow>, "storageKey" | "columns" | "sort" | "onSort">) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={tracesText.title}
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
