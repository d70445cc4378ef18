import { formatCount, plural } from "../lib/format";

/** Spans of picked rows as a file. */
export const downloadText = {
  action: "Download",
  title: (count: number, noun: "span" | "trace") => `Download ${plural(count, noun)}`,
  what: "What to download",
  spans: (count: number) => plural(count, "picked span"),
  traces: (count: number) => `${plural(count, "trace")}, all spans`,
  format: "Format",
  formats: { jsonl: "JSON Lines", otlp: "OTLP JSON" },
  formatNotes: {
    jsonl: "One span a line, its attributes by their full names.",
    otlp: "One request as exporters send it; any receiver of OTLP takes it.",
  },
  spanAnnotations: "With the annotations of the spans",
  traceAnnotations: "With the annotations of the traces, each once",
  file: "File name",
  noFile: "A file needs a name.",
  progress: (count: number) => `${formatCount(count)} ${count === 1 ? "span" : "spans"} read`,
  done: (count: number, file: string) => `${plural(count, "span")} in ${file}`,
};
