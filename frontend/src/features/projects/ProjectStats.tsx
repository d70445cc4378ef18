import { useDeferredValue } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { ProjectStatsQuery } from "../../__generated__/ProjectStatsQuery.graphql";
import { projectText } from "../../text/project";
import { Cost, Count, Duration } from "../../ui/Figures";
import { useProject } from "./ProjectContext";

const text = projectText.stats;

/** Sums over a window are dearer than a page of rows, so live ones are read at every fifth refresh. */
const EVERY = 5;

export function ProjectStats() {
  const { id, timeRange, fetchKey } = useProject();
  const question = useDeferredValue({ timeRange, fetchKey: Math.ceil(fetchKey / EVERY) });
  const { node } = useLazyLoadQuery<ProjectStatsQuery>(
    graphql`
      query ProjectStatsQuery($id: ID!, $timeRange: TimeRange) {
        node(id: $id) {
          ... on Project {
            traceCount(timeRange: $timeRange)
            recordCount(timeRange: $timeRange)
            tokenCountTotal(timeRange: $timeRange)
            costSummary(timeRange: $timeRange) {
              total {
                cost
              }
            }
            p50: latencyMsQuantile(probability: 0.5, timeRange: $timeRange)
            p99: latencyMsQuantile(probability: 0.99, timeRange: $timeRange)
          }
        }
      }
    `,
    { id, timeRange: question.timeRange },
    { fetchPolicy: "store-and-network", fetchKey: question.fetchKey },
  );
  return (
    <dl className="flex gap-4 whitespace-nowrap" title={text.note}>
      <Stat name={text.traces}>
        <Count value={node.traceCount} />
      </Stat>
      <Stat name={text.spans}>
        <Count value={node.recordCount} />
      </Stat>
      <Stat name={text.tokens}>
        <Count value={node.tokenCountTotal} />
      </Stat>
      <Stat name={text.cost}>
        <Cost usd={node.costSummary?.total.cost} />
      </Stat>
      <Stat name={text.p50}>
        <Duration ms={node.p50} />
      </Stat>
      <Stat name={text.p99}>
        <Duration ms={node.p99} />
      </Stat>
    </dl>
  );
}

function Stat({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
