import { startTransition, useEffect, useRef } from "react";
import { graphql, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type {
  TracesTable_project$data,
  TracesTable_project$key,
} from "../../__generated__/TracesTable_project.graphql";
import type { TracesTablePageQuery } from "../../__generated__/TracesTablePageQuery.graphql";
import type { TracesTableQuery } from "../../__generated__/TracesTableQuery.graphql";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { projectText, tracesText } from "../../text/project";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable, type TableHandle } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { NewRowsBar } from "../projects/NewRowsBar";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import { NoRowsInRange } from "./NoRowsInRange";
import type { RowSequence } from "./rowSequence";
import { TraceCompactRow } from "./traceColumns";

const PAGE = 50;

export type TraceRow = TracesTable_project$data["traces"]["edges"][number]["node"];

const SORTS = ["startTime", "latencyMs"] as const;
type SortColumn = (typeof SORTS)[number];

export function isTraceSort(name: string): name is SortColumn {
  return SORTS.some((column) => column === name);
}

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
  sort: SortParam<SortColumn>;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);

  const {
    data: { node },
    isPending,
    failure,
    retry,
  } = useAnswered<TracesTableQuery>(
    graphql`
      query TracesTableQuery($id: ID!, $first: Int!, $timeRange: TimeRange, $sort: TraceSort, $filter: String) {
        node(id: $id) {
          ...TracesTable_project
            @arguments(first: $first, timeRange: $timeRange, sort: $sort, filter: $filter)
            @alias(as: "project")
        }
      }
    `,
    { id, first: PAGE, timeRange, sort: { col: sort.column, dir: sort.direction }, filter: condition || null },
    fetchKey,
  );
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    TracesTablePageQuery,
    TracesTable_project$key
  >(
    graphql`
      fragment TracesTable_project on Project
      @refetchable(queryName: "TracesTablePageQuery")
      @argumentDefinitions(
        first: { type: "Int!" }
        after: { type: "String" }
        timeRange: { type: "TimeRange" }
        sort: { type: "TraceSort" }
        filter: { type: "String" }
      ) {
        traces(first: $first, after: $after, timeRange: $timeRange, sort: $sort, filterCondition: $filter)
          @connection(key: "TracesTable_traces", filters: ["timeRange", "sort", "filterCondition"]) {
          edges {
            node {
              id
              traceId
              startTime
              latencyMs
              numSpans
              errorCount
              tokenUsage {
                total
              }
              costSummary {
                total {
                  cost
                }
              }
              traceAnnotations(filter: { exclude: { names: ["note"] } }) {
                id
                name
                annotatorKind
                label
                score
              }
              rootSpan {
                id
                name
                spanKind
                statusCode
                userId
                input {
                  truncatedValue
                }
                output {
                  truncatedValue
                }
              }
            }
          }
        }
      }
    `,
    node.project,
  );
  const rows = data?.traces.edges.map((edge) => edge.node) ?? [];
  useEffect(() => {
    const edges = data?.traces.edges ?? [];
    sequence.set(edges.map((edge) => ({ traceId: edge.node.traceId, spanId: null })));
  }, [sequence, data]);
  const { isWaiting, onScrolled } = useLiveRows({ canEnter: traceId === undefined });

  const open = (row: TraceRow) =>
    void navigate(withSearch(tracePath(id, "traces", row.traceId), withoutSelection(params)), {
      replace: traceId !== undefined,
    });

  return (
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
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
        onLoadMore={hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null}
        compact={(row) => <TraceCompactRow row={row} />}
        empty={<NoRowsInRange grain="trace" />}
        end={<EndNote>{projectText.end(rows.length, "trace", condition !== "")}</EndNote>}
      />
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
    </div>
  );
}

export function TracesTableSkeleton({ storageKey, columns }: { storageKey: string; columns: Column<TraceRow>[] }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={tracesText.title}
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
