import { graphql } from "react-relay/hooks";
import type { TraceChartsCostQuery } from "../../../__generated__/TraceChartsCostQuery.graphql";
import type { TraceChartsLatencyQuery } from "../../../__generated__/TraceChartsLatencyQuery.graphql";
import type { TraceChartsTokensQuery } from "../../../__generated__/TraceChartsTokensQuery.graphql";
import type { TraceChartsTracesQuery } from "../../../__generated__/TraceChartsTracesQuery.graphql";
import { durationText, formatCompact, formatDollars } from "../../../lib/format";
import { metricsText } from "../../../text/metrics";
import { sum, toPoints, type Point } from "../../../ui/chart/bins";
import { ChartBody, ChartPlace } from "../../../ui/chart/ChartCard";
import { useChart, useNarrow } from "./useChart";

const STRONG = "text-accent";
const PALE = "text-accent/45";

function totals(points: readonly Point[], series: number): (number | null)[] {
  return Array.from({ length: series }, (_, index) => sum(points.map(({ values }) => values[index] ?? null)));
}

export function TracesChart() {
  return <ChartPlace title={metricsText.traces.title}>{(attempt) => <Traces attempt={attempt} />}</ChartPlace>;
}

function Traces({ attempt }: { attempt: number }) {
  const { data, end, failure, retry } = useChart<TraceChartsTracesQuery>(
    graphql`
      query TraceChartsTracesQuery($id: ID!, $timeRange: TimeRange!, $bins: TimeBinConfig!) {
        node(id: $id) {
          ... on Project {
            traceCountByStatusTimeSeries(timeRange: $timeRange, timeBinConfig: $bins) {
              data {
                timestamp
                okCount
                errorCount
              }
            }
          }
        }
      }
    `,
    attempt,
  );
  const points = toPoints(data.node.traceCountByStatusTimeSeries?.data ?? [], end, (bin) => [
    bin.errorCount,
    bin.okCount,
  ]);
  const { title, ok, failed } = metricsText.traces;
  return (
    <ChartBody
      title={title}
      points={points}
      series={[
        { name: failed, look: "text-danger" },
        { name: ok, look: PALE },
      ]}
      form="bars"
      format={formatCompact}
      totals={totals(points, 2)}
      failure={failure}
      onRetry={retry}
      onRange={useNarrow()}
    />
  );
}

export function LatencyChart() {
  return (
    <ChartPlace title={metricsText.latency.title} width="medium">
      {(attempt) => <Latency attempt={attempt} />}
    </ChartPlace>
  );
}

function Latency({ attempt }: { attempt: number }) {
  const { data, end, failure, retry } = useChart<TraceChartsLatencyQuery>(
    graphql`
      query TraceChartsLatencyQuery($id: ID!, $timeRange: TimeRange!, $bins: TimeBinConfig!) {
        node(id: $id) {
          ... on Project {
            traceLatencyMsPercentileTimeSeries(timeRange: $timeRange, timeBinConfig: $bins) {
              data {
                timestamp
                p50
                p90
                p99
              }
            }
            p50: latencyMsQuantile(probability: 0.5, timeRange: $timeRange)
            p90: latencyMsQuantile(probability: 0.9, timeRange: $timeRange)
            p99: latencyMsQuantile(probability: 0.99, timeRange: $timeRange)
          }
        }
      }
    `,
    attempt,
  );
  const { node } = data;
  const { title, p50, p90, p99 } = metricsText.latency;
  return (
    <ChartBody
      title={title}
      points={toPoints(node.traceLatencyMsPercentileTimeSeries?.data ?? [], end, (bin) => [bin.p50, bin.p90, bin.p99])}
      series={[
        { name: p50, look: "text-accent/40" },
        { name: p90, look: "text-accent/70" },
        { name: p99, look: STRONG },
      ]}
      form="lines"
      format={durationText}
      totals={[node.p50 ?? null, node.p90 ?? null, node.p99 ?? null]}
      failure={failure}
      onRetry={retry}
      onRange={useNarrow()}
    />
  );
}

export function CostChart() {
  return <ChartPlace title={metricsText.cost.title}>{(attempt) => <CostOverTime attempt={attempt} />}</ChartPlace>;
}

function CostOverTime({ attempt }: { attempt: number }) {
  const { data, end, failure, retry } = useChart<TraceChartsCostQuery>(
    graphql`
      query TraceChartsCostQuery($id: ID!, $timeRange: TimeRange!, $bins: TimeBinConfig!) {
        node(id: $id) {
          ... on Project {
            traceTokenCostTimeSeries(timeRange: $timeRange, timeBinConfig: $bins) {
              data {
                timestamp
                promptCost
                completionCost
              }
            }
          }
        }
      }
    `,
    attempt,
  );
  const points = toPoints(data.node.traceTokenCostTimeSeries?.data ?? [], end, (bin) => [
    bin.promptCost,
    bin.completionCost,
  ]);
  const { title, prompt, completion } = metricsText.cost;
  return (
    <ChartBody
      title={title}
      points={points}
      series={[
        { name: prompt, look: PALE },
        { name: completion, look: STRONG },
      ]}
      form="bars"
      format={formatDollars}
      totals={totals(points, 2)}
      failure={failure}
      onRetry={retry}
      onRange={useNarrow()}
    />
  );
}

export function TokensChart() {
  return <ChartPlace title={metricsText.tokens.title}>{(attempt) => <Tokens attempt={attempt} />}</ChartPlace>;
}

function Tokens({ attempt }: { attempt: number }) {
  const { data, end, failure, retry } = useChart<TraceChartsTokensQuery>(
    graphql`
      query TraceChartsTokensQuery($id: ID!, $timeRange: TimeRange!, $bins: TimeBinConfig!) {
        node(id: $id) {
          ... on Project {
            traceTokenCountTimeSeries(timeRange: $timeRange, timeBinConfig: $bins) {
              data {
                timestamp
                promptTokenCount
                completionTokenCount
              }
            }
          }
        }
      }
    `,
    attempt,
  );
  const points = toPoints(data.node.traceTokenCountTimeSeries?.data ?? [], end, (bin) => [
    bin.promptTokenCount,
    bin.completionTokenCount,
  ]);
  const { title, prompt, completion } = metricsText.tokens;
  return (
    <ChartBody
      title={title}
      points={points}
      series={[
        { name: prompt, look: PALE },
        { name: completion, look: STRONG },
      ]}
      form="bars"
      format={formatCompact}
      totals={totals(points, 2)}
      failure={failure}
      onRetry={retry}
      onRange={useNarrow()}
    />
  );
}
