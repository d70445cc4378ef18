import { startTransition, useDeferredValue, useEffect, useRef } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type {
  TracesTable_project$data,
  TracesTable_project$key,
} from "../../__generated__/TracesTable_project.graphql";
import type { TracesTablePageQuery } from "../../__generated__/TracesTablePageQuery.graphql";
import type { TracesTableQuery } from "../../__generated__/TracesTableQuery.graphql";
import { plural } from "../../lib/format";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { DataTable, type TableHandle } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { NewRowsBar } from "../projects/NewRowsBar";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import { NoRowsInRange } from "./NoRowsInRange";
import type { RowSequence } from "./rowSequence";
import { TraceCompactRow, traceColumns } from "./traceColumns";

const PAGE = 50;

export type TraceRow = TracesTable_project$data["traces"]["edges"][number]["node"];

export function TracesTable({
  storageKey,
  sequence,
  sort,
  onSort,
}: {
  storageKey: string;
  sequence: RowSequence;
  sort: SortParam<"startTime" | "latencyMs">;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
}) {
  const { id, timeRange, fetchKey, refresh } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const table = useRef<TableHandle>(null);

  // Deferred: the rows on screen stay until the answer to the next question is there.
  const question = useDeferredValue({ timeRange, fetchKey, sort });
  const { node } = useLazyLoadQuery<TracesTableQuery>(
    graphql`
      query TracesTableQuery($id: ID!, $first: Int!, $timeRange: TimeRange, $sort: TraceSort) {
        node(id: $id) {
          ...TracesTable_project @arguments(first: $first, timeRange: $timeRange, sort: $sort) @alias(as: "project")
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
      ) {
        traces(first: $first, after: $after, timeRange: $timeRange, sort: $sort)
          @connection(key: "TracesTable_traces", filters: ["timeRange", "sort"]) {
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
    <div className="group/rows flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <DataTable
        label="Traces"
        storageKey={storageKey}
        handle={table}
        columns={traceColumns}
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
        empty={<NoRowsInRange noun="traces" />}
        end={<EndNote>{plural(rows.length, "trace")} in this time range</EndNote>}
      />
      {isWaiting && rows.length > 0 && (
        <NewRowsBar
          grain="trace"
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

export function TracesTableSkeleton({ storageKey }: { storageKey: string }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label="Traces"
      storageKey={storageKey}
      columns={traceColumns}
      rows={null}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      compact={() => null}
      empty={null}
    />
  );
}
