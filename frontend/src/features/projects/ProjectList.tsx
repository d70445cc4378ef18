import { startTransition } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import type { Environment } from "relay-runtime";
import type { ProjectList_query$key } from "../../__generated__/ProjectList_query.graphql";
import type { ProjectListQuery } from "../../__generated__/ProjectListQuery.graphql";
import { askAhead, useFetchPolicy } from "../../lib/askAhead";
import { preference, type Preferences } from "../../lib/preferences";
import { projectsText } from "../../text/projects";
import { binEnd, binScale } from "../../ui/chart/bins";
import { EmptyState } from "../../ui/EmptyState";
import { FirstTrace } from "./FirstTrace";
import { ProjectGrid } from "./ProjectGrid";
import { ProjectMetricsScope } from "./ProjectMetrics";
import { ProjectTable } from "./ProjectTable";

export const PAGE = 30;

/** How far back a range without a beginning is drawn. */
const OPEN_MS = 30 * 86_400_000;

type Props = {
  view: Preferences["projectsView"];
  search: string;
  sort: Preferences["projectsSort"];
  timeRange: { start?: string; end?: string };
  refresh: number;
  /** Something has changed, or may have: read again. */
  onChanged: () => void;
};

const projectList = graphql`
  query ProjectListQuery($first: Int!, $sort: ProjectSort, $filter: ProjectFilter) {
    ...ProjectList_query @arguments(first: $first, sort: $sort, filter: $filter)
  }
`;

function listQuestion(search: string, sort: Preferences["projectsSort"]) {
  return {
    first: PAGE,
    sort: { col: sort.column, dir: sort.direction },
    filter: search ? { col: "name" as const, value: search } : null,
  };
}

/** Asked before the page is drawn. */
export function askForProjects(environment: Environment, params: URLSearchParams): Promise<void> {
  const question = listQuestion(params.get("q")?.trim() ?? "", preference("projectsSort"));
  return askAhead<ProjectListQuery>(environment, projectList, question);
}

export function ProjectList({ view, search, sort, timeRange, refresh, onChanged }: Props) {
  const question = listQuestion(search, sort);
  const fetchPolicy = useFetchPolicy(projectList, question, refresh);
  const query = useLazyLoadQuery<ProjectListQuery>(projectList, question, { fetchPolicy, fetchKey: refresh });
  const { data, hasNext, loadNext, isLoadingNext } = usePaginationFragment<ProjectListQuery, ProjectList_query$key>(
    graphql`
      fragment ProjectList_query on Query
      @refetchable(queryName: "ProjectListPageQuery")
      @argumentDefinitions(
        first: { type: "Int!" }
        after: { type: "String" }
        sort: { type: "ProjectSort" }
        filter: { type: "ProjectFilter" }
      ) {
        projectCount
        projects(first: $first, after: $after, sort: $sort, filter: $filter)
          @connection(key: "ProjectList_projects", filters: ["sort", "filter"]) {
          edges {
            node {
              id
              name
              endTime
              hasTraces
              gradientStartColor
              gradientEndColor
            }
          }
        }
      }
    `,
    query,
  );
  const projects = data.projects.edges.map(({ node }) => node);
  const loadMore = hasNext && !isLoadingNext ? () => startTransition(() => void loadNext(PAGE)) : null;

  if (search === "" && !projects.some((project) => project.hasTraces || project.name !== "default") && !hasNext) {
    return <FirstTrace onPoll={onChanged} />;
  }
  if (projects.length === 0) {
    return <EmptyState title={projectsText.none}>{projectsText.noneNote(search)}</EmptyState>;
  }
  return (
    <ProjectMetricsScope
      scope={{ listed: { ...question, first: projects.length, timeRange }, ...closedRange(timeRange), refresh }}
    >
      {view === "grid" ? (
        <ProjectGrid projects={projects} onLoadMore={loadMore} onChanged={onChanged} />
      ) : (
        <ProjectTable projects={projects} onLoadMore={loadMore} onChanged={onChanged} />
      )}
    </ProjectMetricsScope>
  );
}

/** Charts need an end; the same one until the next bin begins. */
function closedRange({ start, end }: { start?: string; end?: string }) {
  const now = new Date();
  const from = start ? new Date(start) : new Date(now.getTime() - OPEN_MS);
  const scale = binScale(from, end ? new Date(end) : now);
  const until = end ? new Date(end) : binEnd(now, scale);
  return { closed: { start: from.toISOString(), end: until.toISOString() }, scale };
}

export type ListedProject = {
  readonly id: string;
  readonly name: string;
  readonly endTime: string | null | undefined;
  readonly hasTraces: boolean;
  readonly gradientStartColor: string;
  readonly gradientEndColor: string;
};
