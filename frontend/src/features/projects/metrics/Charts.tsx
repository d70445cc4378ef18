import type { Grain } from "../../filter/model/vocabulary";
import { AnnotationCharts } from "./AnnotationCharts";
import { CostChart, LatencyChart, TokensChart, TracesChart } from "./TraceCharts";

export function Charts({ grain }: { grain: Grain }) {
  return (
    <>
      <TracesChart />
      <LatencyChart />
      <CostChart />
      <TokensChart />
      <AnnotationCharts grain={grain} />
    </>
  );
}
