import { MessagesSquare } from "lucide-react";
import { startTransition, useEffect } from "react";
import { graphql, usePaginationFragment } from "react-relay/hooks";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type {
  SessionsTable_project$data,
  SessionsTable_project$key,
} from "../../__generated__/SessionsTable_project.graphql";
import type { SessionsTablePageQuery } from "../../__generated__/SessionsTablePageQuery.graphql";
import type { SessionsTableQuery } from "../../__generated__/SessionsTableQuery.graphql";
import { withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { projectText } from "../../text/project";
import { sessionsText } from "../../text/sessions";
import { EmptyState } from "../../ui/EmptyState";
import { PendingLine, StaleBar } from "../../ui/StaleBar";
import type { Column } from "../../ui/table/columns";
import { DataTable } from "../../ui/table/DataTable";
import { EndNote } from "../../ui/table/EndNote";
import { useRowHeight } from "../../ui/table/RowHeightToggle";
import { annotationOf } from "../projects/annotations/annotationColumns";
import { useProject } from "../projects/ProjectContext";
import { useLiveRows } from "../projects/useLiveRows";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { SessionCompactRow } from "./sessionColumns";

const PAGE = 50;

const SORTS = ["startTime", "endTime", "tokenCountTotal", "numTraces", "costTotal"] as const;
type SortColumn = (typeof SORTS)[number] | `annotation:${string}`;

export function isSessionSort(name: string): name is SortColumn {
  return SORTS.some((column) => column === name) || annotationOf(name) !== null;
}

function toSessionSort({ column, direction: dir }: SortParam<SortColumn>) {
  const name = annotationOf(column);
  if (name !== null) return { annoResultKey: { name, attr: "score" as const }, dir };
  return { col: SORTS.find((known) => known === column) ?? "endTime", dir };
}

export type SessionRow = SessionsTable_project$data["sessions"]["edges"][number]["node"];

export function sessionPath(projectId: string, sessionId: string): string {
  return `/projects/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(sessionId)}`;
}

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
  sort: SortParam<SortColumn>;
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
  const {
    data: { node },
    isPending,
    failure,
    retry,
  } = useAnswered<SessionsTableQuery>(
    graphql`
      query SessionsTableQuery(
        $id: ID!
        $first: Int!
        $timeRange: TimeRange
        $sort: ProjectSessionSort
        $filter: String
      ) {
        node(id: $id) {
          ...SessionsTable_project
            @arguments(first: $first, timeRange: $timeRange, sort: $sort, filter: $filter)
            @alias(as: "project")
        }
      }
    `,
    { id, first: PAGE, timeRange, sort: toSessionSort(sort), filter: condition || null },
    fetchKey,
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
        filter: { type: "String" }
      ) {
        sessions(first: $first, after: $after, timeRange: $timeRange, sort: $sort, sessionFilterCondition: $filter)
          @connection(key: "SessionsTable_sessions", filters: ["timeRange", "sort", "sessionFilterCondition"]) {
          edges {
            node {
              id
              sessionId
              userId
              startTime
              endTime
              numTraces
              numTracesWithError
              sessionAnnotations {
                id
                name
                annotatorKind
                label
                score
              }
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
    <div className="group/rows relative flex min-h-0 grow flex-col" data-expanded={isExpanded}>
      <PendingLine isPending={isPending} />
      {failure && <StaleBar error={failure} note={projectText.oldRows} onRetry={retry} />}
      <DataTable
        label={sessionsText.title}
        storageKey={storageKey}
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
        onLoadMore={hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null}
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
        end={<EndNote>{projectText.end(rows.length, "session", condition !== "")}</EndNote>}
      />
    </div>
  );
}

export function SessionsTableSkeleton({ storageKey, columns }: { storageKey: string; columns: Column<SessionRow>[] }) {
  const { height } = useRowHeight();
  return (
    <DataTable
      label={sessionsText.title}
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
