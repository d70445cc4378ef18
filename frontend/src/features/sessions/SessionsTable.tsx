import { MessagesSquare } from "lucide-react";
import { startTransition, useDeferredValue, useEffect } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type {
  SessionsTable_project$data,
  SessionsTable_project$key,
} from "../../__generated__/SessionsTable_project.graphql";
import type { SessionsTablePageQuery } from "../../__generated__/SessionsTablePageQuery.graphql";
import type { SessionsTableQuery } from "../../__generated__/SessionsTableQuery.graphql";
import { withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { sessionsText } from "../../text/sessions";
import { EmptyState } from "../../ui/EmptyState";
import { DataTable } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import { SessionCompactRow, sessionColumns } from "./sessionColumns";

const PAGE = 50;

export const SESSION_SORTS = ["startTime", "endTime", "tokenCountTotal", "numTraces", "costTotal"] as const;

export type SessionRow = SessionsTable_project$data["sessions"]["edges"][number]["node"];
export type SessionSort = SortParam<(typeof SESSION_SORTS)[number]>;

export function sessionPath(projectId: string, sessionId: string): string {
  return `/projects/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(sessionId)}`;
}

export function SessionsTable({
  storageKey,
  sort,
  onSort,
  onRows,
}: {
  storageKey: string;
  sort: SessionSort;
  onSort: (sort: { column: string; direction: "asc" | "desc" }) => void;
  /** The loaded rows, for the drawer that walks through them. */
  onRows: (ids: readonly string[]) => void;
}) {
  const { id, timeRange, fetchKey } = useProject();
  const { sessionId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { height, isExpanded } = useRowHeight();
  const { onScrolled } = useLiveRows({ canEnter: sessionId === undefined });
  const question = useDeferredValue({ timeRange, fetchKey, sort });
  const { node } = useLazyLoadQuery<SessionsTableQuery>(
    graphql`
      query SessionsTableQuery($id: ID!, $first: Int!, $timeRange: TimeRange, $sort: ProjectSessionSort) {
        node(id: $id) {
          ...SessionsTable_project @arguments(first: $first, timeRange: $timeRange, sort: $sort) @alias(as: "project")
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
    SessionsTablePageQuery,
    SessionsTable_project$key
  >(
    graphql`
      fragment SessionsTable_project on Project
      @refetchable(queryName: "SessionsTablePageQuery")
      @argumentDefinitions(
        first: { type: "Int!" }
        after: { type: "String" }
        timeRange: { type: "TimeRange" }
        sort: { type: "ProjectSessionSort" }
      ) {
        sessions(first: $first, after: $after, timeRange: $timeRange, sort: $sort)
          @connection(key: "SessionsTable_sessions", filters: ["timeRange", "sort"]) {
          edges {
            node {
              id
              sessionId
              userId
              startTime
              endTime
              numTraces
              numTracesWithError
              firstInput {
                truncatedValue
              }
              lastOutput {
                truncatedValue
              }
              tokenUsage {
                total
              }
              costSummary {
                total {
                  cost
                }
              }
            }
          }
        }
      }
    `,
    node.project,
  );
  const rows = data?.sessions.edges.map((edge) => edge.node) ?? [];
  useEffect(() => {
    onRows((data?.sessions.edges ?? []).map((edge) => edge.node.id));
  }, [onRows, data]);

  return (
    <div className="group/rows flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <DataTable
        label={sessionsText.title}
        storageKey={storageKey}
        columns={sessionColumns}
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
        onLoadMore={hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null}
        compact={(row) => <SessionCompactRow row={row} />}
        empty={
          <EmptyState icon={<MessagesSquare size={28} strokeWidth={1.5} />} title={sessionsText.none}>
            {sessionsText.noneNote}
          </EmptyState>
        }
        end={<EndNote>{sessionsText.all(rows.length)}</EndNote>}
      />
    </div>
  );
}

export function SessionsTableSkeleton({ storageKey }: { storageKey: string }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={sessionsText.title}
      storageKey={storageKey}
      columns={sessionColumns}
      rows={null}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      compact={() => null}
      empty={null}
    />
  );
}
