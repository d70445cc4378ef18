import { createContext, Suspense, use, type ReactNode } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { ProjectMetricsQuery } from "../../__generated__/ProjectMetricsQuery.graphql";
import type { ProjectMetricsTrendQuery } from "../../__generated__/ProjectMetricsTrendQuery.graphql";
import { projectsText } from "../../text/projects";
import { merged, sum, toPoints, type BinScale } from "../../ui/chart/bins";
import { Sparkline } from "../../ui/chart/Sparkline";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Cost, Count, Duration, Missing, Share } from "../../ui/Figures";

type Scope = {
  listed: ProjectMetricsQuery["variables"];
  /** The same range with an end, and how finely it is divided. */
  closed: { start: string; end: string };
  scale: BinScale;
  refresh: number;
};

const ScopeContext = createContext<Scope | null>(null);

/** One question for the figures of all listed projects, one for their course; each is shown as soon as it is there. */
export function ProjectMetricsScope({ scope, children }: { scope: Scope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export type MetricName = "traceCount" | "sessionCount" | "latencyMsQuantile" | "cost" | "errors" | "trend";

type Place = { projectId: string; name: MetricName; projectName: string };

export function ProjectMetric(place: Place) {
  const scope = use(ScopeContext);
  const isTrend = place.name === "trend" || place.name === "errors";
  const Shown = isTrend ? Trend : Figure;
  return (
    <ErrorBoundary resetKey={scope?.refresh} fallback={() => <Missing />}>
      <Suspense
        fallback={
          place.name === "trend" ? (
            <span className="skeleton block h-7 w-full" />
          ) : (
            <span className="skeleton my-1 inline-block h-3 w-10" />
          )
        }
      >
        {scope && <Shown {...place} scope={scope} />}
      </Suspense>
    </ErrorBoundary>
  );
}

function Figure({ projectId, name, scope }: Place & { scope: Scope }) {
  const data = useLazyLoadQuery<ProjectMetricsQuery>(
    graphql`
      query ProjectMetricsQuery($first: Int!, $sort: ProjectSort, $filter: ProjectFilter, $timeRange: TimeRange) {
        projects(first: $first, sort: $sort, filter: $filter) {
          edges {
            node {
              id
              traceCount(timeRange: $timeRange)
              sessionCount(timeRange: $timeRange)
              latencyMsQuantile(probability: 0.5, timeRange: $timeRange)
              costSummary(timeRange: $timeRange) {
                total {
                  cost
                }
              }
            }
          }
        }
      }
    `,
    scope.listed,
    { fetchPolicy: "store-and-network", fetchKey: scope.refresh },
  );
  const project = data.projects.edges.find(({ node }) => node.id === projectId)?.node;
  if (name === "cost") return <Cost usd={project?.costSummary.total.cost} />;
  if (name === "latencyMsQuantile") return <Duration ms={project?.latencyMsQuantile} />;
  return <Count value={name === "sessionCount" ? project?.sessionCount : project?.traceCount} />;
}

function Trend({ projectId, projectName, name, scope }: Place & { scope: Scope }) {
  const { first, sort, filter } = scope.listed;
  const data = useLazyLoadQuery<ProjectMetricsTrendQuery>(
    graphql`
      query ProjectMetricsTrendQuery(
        $first: Int!
        $sort: ProjectSort
        $filter: ProjectFilter
        $timeRange: TimeRange!
        $bins: TimeBinConfig!
      ) {
        projects(first: $first, sort: $sort, filter: $filter) {
          edges {
            node {
              id
              traceCountByStatusTimeSeries(timeRange: $timeRange, timeBinConfig: $bins) {
                data {
                  timestamp
                  totalCount
                  errorCount
                }
              }
            }
          }
        }
      }
    `,
    { first, sort, filter, timeRange: scope.closed, bins: { scale: scope.scale } },
    { fetchPolicy: "store-and-network", fetchKey: scope.refresh },
  );
  const project = data.projects.edges.find(({ node }) => node.id === projectId)?.node;
  const points = merged(
    toPoints(project?.traceCountByStatusTimeSeries.data ?? [], new Date(scope.closed.end), (bin) => [
      bin.totalCount,
      bin.errorCount,
    ]),
  );
  const total = sum(points.map(({ values }) => values[0] ?? null)) ?? 0;
  const failed = sum(points.map(({ values }) => values[1] ?? null)) ?? 0;
  if (name === "errors") return total === 0 ? <Missing /> : <Share of={total} part={failed} />;
  return (
    <Sparkline
      label={projectsText.trend(projectName, total, failed)}
      bars={points.map(({ values }) => ({ total: values[0] ?? 0, failed: values[1] ?? 0 }))}
    />
  );
}
