import { createContext, Suspense, useContext, type ReactNode } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type {
  ProjectMetricsQuery,
  ProjectMetricsQuery$variables,
} from "../../__generated__/ProjectMetricsQuery.graphql";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Cost, Count, Duration, Missing } from "../../ui/Figures";

type Scope = { variables: ProjectMetricsQuery$variables; refresh: number };

const ScopeContext = createContext<Scope | null>(null);

/** One question for the figures of every listed project; each shows its own as soon as it is answered. */
export function ProjectMetricsScope({
  children,
  refresh,
  ...variables
}: ProjectMetricsQuery$variables & { refresh: number; children: ReactNode }) {
  return <ScopeContext.Provider value={{ variables, refresh }}>{children}</ScopeContext.Provider>;
}

export type MetricName = "traceCount" | "sessionCount" | "latencyMsQuantile" | "cost";

export function ProjectMetric({ projectId, name }: { projectId: string; name: MetricName }) {
  const scope = useContext(ScopeContext);
  return (
    <ErrorBoundary resetKey={scope?.refresh} fallback={() => <Missing />}>
      <Suspense fallback={<span className="skeleton my-1 inline-block h-3 w-10" />}>
        {scope && <Figure projectId={projectId} name={name} scope={scope} />}
      </Suspense>
    </ErrorBoundary>
  );
}

function Figure({ projectId, name, scope }: { projectId: string; name: MetricName; scope: Scope }) {
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
    scope.variables,
    { fetchPolicy: "store-and-network", fetchKey: scope.refresh },
  );
  const project = data.projects.edges.find(({ node }) => node.id === projectId)?.node;
  if (name === "cost") return <Cost usd={project?.costSummary.total.cost} />;
  if (name === "latencyMsQuantile") return <Duration ms={project?.latencyMsQuantile} />;
  return <Count value={project?.[name]} />;
}
