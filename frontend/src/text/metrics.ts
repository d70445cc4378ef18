/** What the charts of a project say. */
export const metricsText = {
  title: "Charts over time",
  show: "Show charts",
  hide: "Hide charts",
  key: "Charts over time",
  narrowed: "Time range narrowed",
  traces: { title: "Traces", ok: "Ok", failed: "Failed" },
  latency: { title: "Latency by quantile", p50: "P50", p90: "P90", p99: "P99" },
  cost: { title: "Cost", prompt: "Prompt", completion: "Completion" },
  tokens: { title: "Tokens", prompt: "Prompt", completion: "Completion" },
  annotations: {
    title: { span: "Mean scores of spans", trace: "Mean scores of traces", session: "Mean scores of sessions" },
    summary: { span: "Annotations of spans", trace: "Annotations of traces", session: "Annotations of sessions" },
    count: (count: number) => count.toLocaleString("en-US"),
    labels: (labels: readonly { label: string; fraction: number }[]) =>
      labels.map(({ label, fraction }) => `${label} ${Math.round(fraction * 100)} %`).join(", "),
    coverage: (scored: number, all: number) => `${scored} of ${all} have a score`,
  },
};
