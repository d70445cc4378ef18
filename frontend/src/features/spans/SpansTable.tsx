import { useEffect, useRef } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { spanPagesQuery } from "../../__generated__/spanPagesQuery.graphql";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { projectText, spansText } from "../../text/project";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable, NOTHING_PICKED, type TableHandle, type DataTableProps } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { ROOTS_ONLY } from "../filter/useProjectFilter";
import { NewRowsBar } from "../projects/NewRowsBar";
import { PickedRowsBar, usePicked } from "../projects/PickedRows";
import { useProject } from "../projects/ProjectContext";
import { RowAddress } from "../projects/RowLink";
import { useLiveRows } from "../projects/useLiveRows";
import type { RowSequence } from "../traces/rowSequence";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { StillSearching } from "./StillSearching";
import { SpanCompactRow } from "./spanColumns";
import { spanPages, spanQuestion, type SpanRow, type SpanSortColumn } from "./spanPages";

export function SpansTable({
  storageKey,
  sequence,
  columns,
  condition,
  sort,
  onSort,
  onActive,
}: {
  storageKey: string;
  sequence: RowSequence;
  columns: Column<SpanRow>[];
  condition: string;
  sort: SortParam<SpanSortColumn>;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
  onActive: (row: SpanRow) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);

  const answered = useAnswered<spanPagesQuery>(
    spanPages.query,
    spanQuestion({ id, timeRange, condition, sort }),
    fetchKey,
  );
  const { isPending, failure, retry } = answered;
  const pages = usePages(spanPages, answered);
  const { rows } = pages;
  useEffect(() => {
    sequence.set(rows.map((row) => ({ traceId: row.trace.traceId, spanId: row.id })));
  }, [sequence, rows]);

  const selected = params.get("selectedSpanNodeId");
  const openRow = traceId
    ? (rows.find((row) => row.id === selected && row.trace.traceId === traceId) ??
      rows.find((row) => row.trace.traceId === traceId))
    : undefined;
  const picked = usePicked(rows);
  // Rows that are picked must not move away.
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: traceId === undefined && picked.rows.length === 0 });

  const open = (row: SpanRow) => {
    const search = withoutSelection(params);
    search.set("selectedSpanNodeId", row.id);
    void navigate(withSearch(tracePath(id, "spans", row.trace.traceId), search), { replace: traceId !== undefined });
  };

  return (
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
      <RowAddress tab="spans">
        <DataTable
          label={spansText.title}
          storageKey={storageKey}
          handle={table}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHeight={height}
          sort={sort}
          onSort={onSort}
          onOpen={open}
          openKey={openRow?.id ?? null}
          onScrolled={onScrolled}
          onActive={onActive}
          selection={picked.selection}
          onLoadMore={pages.loadNext}
          compact={(row) => <SpanCompactRow row={row} />}
          empty={
            pages.last.hasNext && pages.last.searchedUntil && !pages.failure ? (
              <StillSearching until={new Date(pages.last.searchedUntil)} />
            ) : pages.failure ? (
              <EndNote failure={pages.failure} onRetry={pages.retry} />
            ) : (
              <NoRowsInRange grain="span" />
            )
          }
          end={
            (pages.failure || !pages.last.hasNext) && (
              <EndNote failure={pages.failure} onRetry={pages.retry}>
                {projectText.end(rows.length, "span", condition !== "" && condition !== ROOTS_ONLY)}
              </EndNote>
            )
          }
        />
      </RowAddress>
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain="span"
          condition={condition}
          newestStart={sort.column === "startTime" && sort.direction === "desc" ? (rows[0]?.startTime ?? null) : null}
          onShow={() => {
            refresh();
            table.current?.scrollToTop();
          }}
        />
      )}
      <PickedRowsBar picked={picked} columns={columns} grain="span" traceOf={(row) => row.trace.id} table={table} />
    </div>
  );
}

/** Its header works already. */
export function SpansTableSkeleton({
  storageKey,
  columns,
  sort,
  onSort,
}: Pick<DataTableProps<SpanRow>, "storageKey" | "columns" | "sort" | "onSort">) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={spansText.title}
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
