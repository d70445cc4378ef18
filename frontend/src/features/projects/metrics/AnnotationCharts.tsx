import type { CSSProperties } from "react";
import { graphql } from "react-relay/hooks";
import type { AnnotationChartsQuery, AnnotatorKind } from "../../../__generated__/AnnotationChartsQuery.graphql";
import type { AnnotationChartsSessionQuery } from "../../../__generated__/AnnotationChartsSessionQuery.graphql";
import type { AnnotationChartsTraceQuery } from "../../../__generated__/AnnotationChartsTraceQuery.graphql";
import { metricsText } from "../../../text/metrics";
import { toPoints } from "../../../ui/chart/bins";
import { ChartBody, ChartPlace } from "../../../ui/chart/ChartCard";
import type { Grain } from "../../filter/model/vocabulary";
import { formatScore } from "../annotations/summary";
import { ANNOTATOR_KINDS, useAnnotatorKinds } from "../annotations/useAnnotatorKinds";
import { annotationTotals, nameHue, type BinSummary, type NameTotal } from "./annotationTotals";
import { useChart, useNarrow } from "./useChart";

/** Lines beyond these cannot be told apart; the list beside the chart has all names. */
const MOST_LINES = 4;
const NOTE = "note";

const text = metricsText.annotations;

/** What was said of the rows over time, and what it comes to by name. */
export function AnnotationCharts({ grain }: { grain: Grain }) {
  const Charts = { span: SpanCharts, trace: TraceAnnotationCharts, session: SessionCharts }[grain];
  return (
    <ChartPlace key={grain} title={text.title[grain]} width="wide">
      {(attempt) => <Charts attempt={attempt} />}
    </ChartPlace>
  );
}

type Bins = readonly { readonly timestamp: string; readonly annotationSummaries: readonly BinSummary[] }[];

/** Whose annotations the tables show. */
function useChosenKinds(): { kinds?: AnnotatorKind[] } {
  const [kinds] = useAnnotatorKinds();
  return kinds.size === 0 ? {} : { kinds: ANNOTATOR_KINDS.filter((kind) => kinds.has(kind)) };
}

function SpanCharts({ attempt }: { attempt: number }) {
  const { data, ...rest } = useChart<AnnotationChartsQuery>(
    graphql`
      query AnnotationChartsQuery($id: ID!, $timeRange: TimeRange!, $bins: TimeBinConfig!, $kinds: [AnnotatorKind!]) {
        node(id: $id) {
          ... on Project {
            series: spanAnnotationMetricsTimeSeries(
              timeRange: $timeRange
              timeBinConfig: $bins
              annotatorKinds: $kinds
            ) {
              data {
                timestamp
                annotationSummaries {
                  name
                  count
                  meanScore
                  scoreCount
                  labelCount
                  labelFractions {
                    label
                    fraction
                  }
                }
              }
            }
          }
        }
      }
    `,
    attempt,
    useChosenKinds(),
  );
  return <Scores grain="span" bins={data.node.series?.data ?? []} {...rest} />;
}

function TraceAnnotationCharts({ attempt }: { attempt: number }) {
  const { data, ...rest } = useChart<AnnotationChartsTraceQuery>(
    graphql`
      query AnnotationChartsTraceQuery(
        $id: ID!
        $timeRange: TimeRange!
        $bins: TimeBinConfig!
        $kinds: [AnnotatorKind!]
      ) {
        node(id: $id) {
          ... on Project {
            series: traceAnnotationMetricsTimeSeries(
              timeRange: $timeRange
              timeBinConfig: $bins
              annotatorKinds: $kinds
            ) {
              data {
                timestamp
                annotationSummaries {
                  name
                  count
                  meanScore
                  scoreCount
                  labelCount
                  labelFractions {
                    label
                    fraction
                  }
                }
              }
            }
          }
        }
      }
    `,
    attempt,
    useChosenKinds(),
  );
  return <Scores grain="trace" bins={data.node.series?.data ?? []} {...rest} />;
}

function SessionCharts({ attempt }: { attempt: number }) {
  const { data, ...rest } = useChart<AnnotationChartsSessionQuery>(
    graphql`
      query AnnotationChartsSessionQuery(
        $id: ID!
        $timeRange: TimeRange!
        $bins: TimeBinConfig!
        $kinds: [AnnotatorKind!]
      ) {
        node(id: $id) {
          ... on Project {
            series: sessionAnnotationMetricsTimeSeries(
              timeRange: $timeRange
              timeBinConfig: $bins
              annotatorKinds: $kinds
            ) {
              data {
                timestamp
                annotationSummaries {
                  name
                  count
                  meanScore
                  scoreCount
                  labelCount
                  labelFractions {
                    label
                    fraction
                  }
                }
              }
            }
          }
        }
      }
    `,
    attempt,
    useChosenKinds(),
  );
  return <Scores grain="session" bins={data.node.series?.data ?? []} {...rest} />;
}

function Scores({
  grain,
  bins,
  end,
  failure,
  retry,
}: {
  grain: Grain;
  bins: Bins;
  end: Date;
  failure: Error | null;
  retry: () => void;
}) {
  const narrow = useNarrow();
  const all = annotationTotals(bins.map((bin) => bin.annotationSummaries)).filter(({ name }) => name !== NOTE);
  const scored = all.filter(({ mean }) => mean !== null).slice(0, MOST_LINES);
  return (
    <div className="flex grow gap-4">
      {(scored.length > 0 || all.length === 0) && (
        <div className="flex min-w-40 grow basis-0 flex-col gap-1">
          <ChartBody
            title={text.title[grain]}
            points={toPoints(bins, end, (bin) =>
              scored.map(({ name }) => bin.annotationSummaries.find((each) => each.name === name)?.meanScore),
            )}
            series={scored.map(({ name }) => ({ name, look: "text-kind", hue: nameHue(name) }))}
            form="lines"
            format={formatScore}
            totals={scored.map(({ mean }) => mean)}
            failure={failure}
            onRetry={retry}
            onRange={narrow}
          />
        </div>
      )}
      {all.length > 0 && <Totals grain={grain} all={all} />}
    </div>
  );
}

function Totals({ grain, all }: { grain: Grain; all: readonly NameTotal[] }) {
  return (
    <div className="flex min-w-56 grow-[1.4] basis-0 flex-col">
      <h2 className="flex h-5 items-center truncate text-label font-medium text-ink-2">{text.summary[grain]}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <ul tabIndex={0} aria-label={text.summary[grain]} className="h-24 overflow-auto">
        {all.map(({ name, count, scoreCount, mean, labels }) => (
          <li key={name} className="flex h-5 items-center gap-2 text-label" title={text.coverage(scoreCount, count)}>
            <span className="w-20 shrink-0 truncate text-ink">{name}</span>
            <LabelShares labels={labels} />
            <span className="tabular ml-auto shrink-0 text-ink-3">{text.count(count)}</span>
            <span className="tabular w-12 shrink-0 text-right font-medium text-ink">
              {mean === null ? "--" : formatScore(mean)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A bar of the shares; the words are beside it, because colours alone tell nothing. */
function LabelShares({ labels }: { labels: NameTotal["labels"] }) {
  if (labels.length === 0) return null;
  const words = text.labels(labels);
  return (
    <span className="flex min-w-0 grow items-center gap-1.5" title={words}>
      <span aria-hidden className="flex h-1.5 w-8 shrink-0 gap-px overflow-hidden rounded-pill">
        {labels.map(({ label, fraction }) => (
          <span
            key={label}
            className="h-full bg-kind-bar"
            style={{ width: `${fraction * 100}%`, "--kind-hue": nameHue(label) } as CSSProperties}
          />
        ))}
      </span>
      <span className="truncate text-ink-3">{words}</span>
    </span>
  );
}
