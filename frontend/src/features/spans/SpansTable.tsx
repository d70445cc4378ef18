import { startTransition, useDeferredValue, useEffect, useRef, useState } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { SpansTable_project$data, SpansTable_project$key } from "../../__generated__/SpansTable_project.graphql";
import type { SpansTableQuery } from "../../__generated__/SpansTableQuery.graphql";
import type { SpansTablePageQuery } from "../../__generated__/SpansTablePageQuery.graphql";
import { plural } from "../../lib/format";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { DataTable, type TableHandle } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { BulkAnnotate } from "../annotations/BulkAnnotate";
import { SelectionBar } from "../../ui/table/SelectionBar";
import { NewRowsBar } from "../projects/NewRowsBar";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import type { RowSequence } from "../traces/rowSequence";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { SpanCompactRow, spanColumns } from "./spanColumns";

const PAGE = 50;

export type SpanRow = SpansTable_project$data["spans"]["edges"][number]["node"];

type SortColumn = "startTime" | "latencyMs" | "tokenCountTotal" | "tokenCostTotal";

export function SpansTable({
  storageKey,
  sequence,
  sort,
  onSort,
  onActive,
}: {
  storageKey: string;
  sequence: RowSequence;
  sort: SortParam<SortColumn>;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
  onActive: (row: SpanRow) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());

  // Deferred: the rows on screen stay until the answer to the next question is there.
  const question = useDeferredValue({ timeRange, fetchKey, sort });
  const { node } = useLazyLoadQuery<SpansTableQuery>(
    graphql`
      query SpansTableQuery($id: ID!, $first: Int!, $timeRange: TimeRange, $sort: SpanSort) {
        node(id: $id) {
          ...SpansTable_project @arguments(first: $first, timeRange: $timeRange, sort: $sort) @alias(as: "project")
        }
      }
    `,
    {
      id,
      first: PAGE,
      timeRange: question.timeRange,
      sort: { col: question.sort.column, dir: question.sort.direction },
    },
    { fetchPolicy: "store-and-network", fetchKey: question.fetchKey },
  );
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<SpansTablePageQuery, SpansTable_project$key>(
    graphql`
      fragment SpansTable_project on Project
      @refetchable(queryName: "SpansTablePageQuery")
      @argumentDefinitions(
        first: { type: "Int!" }
        after: { type: "String" }
        timeRange: { type: "TimeRange" }
        sort: { type: "SpanSort" }
      ) {
        spans(first: $first, after: $after, timeRange: $timeRange, sort: $sort)
          @connection(key: "SpansTable_spans", filters: ["timeRange", "sort"]) {
          edges {
            node {
              id
              spanId
              name
              spanKind
              statusCode
              statusMessage
              startTime
              latencyMs
              tokenCountTotal
              tokenCountPrompt
              tokenCountCompletion
              costSummary {
                total {
                  cost
                }
              }
              modelName
              userId
              input {
                truncatedValue
              }
              output {
                truncatedValue
              }
              trace {
                traceId
              }
            }
          }
        }
      }
    `,
    node.project,
  );
  const rows = data?.spans.edges.map((edge) => edge.node) ?? [];
  useEffect(() => {
    const edges = data?.spans.edges ?? [];
    sequence.set(edges.map((edge) => ({ traceId: edge.node.trace.traceId, spanId: edge.node.id })));
  }, [sequence, data]);

  const selected = params.get("selectedSpanNodeId");
  const openRow = traceId
    ? (rows.find((row) => row.id === selected && row.trace.traceId === traceId) ??
      rows.find((row) => row.trace.traceId === traceId))
    : undefined;
  // Rows that are picked must not move away.
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: traceId === undefined && picked.size === 0 });
  const pickedRows = rows.filter((row) => picked.has(row.id));

  const open = (row: SpanRow) => {
    const search = withoutSelection(params);
    search.set("selectedSpanNodeId", row.id);
    void navigate(withSearch(tracePath(id, "spans", row.trace.traceId), search), { replace: traceId !== undefined });
  };

  return (
    <div className="group/rows flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <DataTable
        label="Spans"
        storageKey={storageKey}
        handle={table}
        columns={spanColumns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHeight={height}
        sort={sort}
        onSort={onSort}
        onOpen={open}
        openKey={openRow?.id ?? null}
        onScrolled={onScrolled}
        onActive={onActive}
        selection={{ keys: picked, onChange: setPicked }}
        onLoadMore={hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null}
        compact={(row) => <SpanCompactRow row={row} />}
        empty={<NoRowsInRange noun="spans" />}
        end={<EndNote>{plural(rows.length, "span")} in this time range</EndNote>}
      />
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain="span"
          newestStart={sort.column === "startTime" && sort.direction === "desc" ? (rows[0]?.startTime ?? null) : null}
          onShow={() => {
            refresh();
            table.current?.scrollToTop();
          }}
        />
      )}
      {pickedRows.length > 0 && (
        <SelectionBar
          columns={spanColumns}
          rows={pickedRows}
          actions={<BulkAnnotate projectId={id} target="span" ids={pickedRows.map((row) => row.id)} />}
          onClear={() => {
            setPicked(new Set());
            table.current?.focus();
          }}
        />
      )}
    </div>
  );
}

export function SpansTableSkeleton({ storageKey }: { storageKey: string }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label="Spans"
      storageKey={storageKey}
      columns={spanColumns}
      rows={null}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      compact={() => null}
      empty={null}
    />
  );
}
