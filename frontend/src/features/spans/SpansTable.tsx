import { startTransition, useEffect, useRef, useState } from "react";
import { graphql, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { SpansTable_project$data, SpansTable_project$key } from "../../__generated__/SpansTable_project.graphql";
import type { SpansTableQuery } from "../../__generated__/SpansTableQuery.graphql";
import type { SpansTablePageQuery } from "../../__generated__/SpansTablePageQuery.graphql";
import { useAnswered } from "../../lib/useAnswered";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { projectText, spansText } from "../../text/project";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable, type TableHandle } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { BulkAnnotate } from "../annotations/BulkAnnotate";
import { SelectionBar } from "../../ui/table/SelectionBar";
import { selectsRootsOnly } from "../filter/model/roots";
import { ROOTS_ONLY } from "../filter/useProjectFilter";
import { annotationOf } from "../projects/annotations/annotationColumns";
import { NewRowsBar } from "../projects/NewRowsBar";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import type { RowSequence } from "../traces/rowSequence";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { SpanCompactRow } from "./spanColumns";

const PAGE = 50;

export type SpanRow = SpansTable_project$data["spans"]["edges"][number]["node"];

const SORTS = ["startTime", "latencyMs", "tokenCountTotal", "tokenCostTotal"] as const;
type SortColumn = (typeof SORTS)[number] | `annotation:${string}`;

export function isSpanSort(name: string): name is SortColumn {
  return SORTS.some((column) => column === name) || annotationOf(name) !== null;
}

function toSpanSort({ column, direction: dir }: SortParam<SortColumn>, isRoots: boolean) {
  const name = annotationOf(column);
  if (name !== null) return { evalResultKey: { name, attr: "score" as const }, dir };
  const col = SORTS.find((known) => known === column) ?? "startTime";
  return { col: isRoots && col === "tokenCountTotal" ? ("cumulativeTokenCountTotal" as const) : col, dir };
}

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

  const {
    data: { node },
    isPending,
    failure,
    retry,
  } = useAnswered<SpansTableQuery>(
    graphql`
      query SpansTableQuery($id: ID!, $first: Int!, $timeRange: TimeRange, $sort: SpanSort, $filter: String) {
        node(id: $id) {
          ...SpansTable_project
            @arguments(first: $first, timeRange: $timeRange, sort: $sort, filter: $filter)
            @alias(as: "project")
        }
      }
    `,
    {
      id,
      first: PAGE,
      timeRange,
      sort: toSpanSort(sort, selectsRootsOnly(condition)),
      filter: condition || null,
    },
    fetchKey,
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
        filter: { type: "String" }
      ) {
        spans(first: $first, after: $after, timeRange: $timeRange, sort: $sort, filterCondition: $filter)
          @connection(key: "SpansTable_spans", filters: ["timeRange", "sort", "filterCondition"]) {
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
              cumulativeTokenCountTotal
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
                costSummary {
                  total {
                    cost
                  }
                }
              }
              spanAnnotations(filter: { exclude: { names: ["note"] } }) {
                id
                name
                annotatorKind
                label
                score
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
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
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
        selection={{ keys: picked, onChange: setPicked }}
        onLoadMore={hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null}
        compact={(row) => <SpanCompactRow row={row} />}
        empty={<NoRowsInRange grain="span" />}
        end={<EndNote>{projectText.end(rows.length, "span", condition !== "" && condition !== ROOTS_ONLY)}</EndNote>}
      />
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
      {pickedRows.length > 0 && (
        <SelectionBar
          columns={columns}
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

export function SpansTableSkeleton({ storageKey, columns }: { storageKey: string; columns: Column<SpanRow>[] }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={spansText.title}
      storageKey={storageKey}
      columns={columns}
      rows={null}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      compact={() => null}
      empty={null}
    />
  );
}
