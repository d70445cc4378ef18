import { isRecord } from "../../../lib/storage";

/** How spans are written into a file. */
export type Notation = {
  extension: string;
  mime: string;
  /** What lists spans in the notation nearest to it. */
  source: { path: "spans" | "spans/otlpv1"; search: Record<string, string> };
  parse: (body: string) => unknown;
  idsOf: (span: Item) => { traceId: string; spanId: string; isRoot: boolean };
  /** One span, with what was said about it and about its trace. */
  write: (span: Item, said: { span: readonly Item[] | null; trace: readonly Item[] | null }) => string;
  head: (project: string) => string;
  between: string;
  tail: string;
};

export type Item = Record<string, unknown>;

/** Newer than the types know: numbers keep the digits they were sent with. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;
const { rawJSON } = JSON as typeof JSON & { rawJSON?: (text: string) => unknown };

const parseWith = (body: string, reviver: Reviver): unknown => JSON.parse(body, reviver);

const text = (value: unknown) => (typeof value === "string" ? value : "");

export const jsonLines: Notation = {
  extension: "jsonl",
  mime: "application/jsonl",
  source: { path: "spans", search: {} },
  parse: (body) =>
    parseWith(body, (_, value, context) =>
      typeof value === "number" && !Number.isSafeInteger(value) && Number.isInteger(value) && context?.source && rawJSON
        ? rawJSON(context.source)
        : value,
    ),
  idsOf: ({ context, parent_id: parent }) => ({
    traceId: isRecord(context) ? text(context.trace_id) : "",
    spanId: isRecord(context) ? text(context.span_id) : "",
    isRoot: !parent,
  }),
  write: (span, said) =>
    JSON.stringify({
      ...span,
      ...(said.span ? { span_annotations: said.span } : {}),
      ...(said.trace ? { trace_annotations: said.trace } : {}),
    }),
  head: () => "",
  between: "\n",
  tail: "\n",
};

/** Written as text: 64 bits are more than a number of JavaScript holds. */
const LONGS = new Set(["start_time_unix_nano", "end_time_unix_nano", "time_unix_nano", "int_value"]);
const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];

/** What any receiver of OTLP takes: it passes over what was said, which has no place in there. */
export const otlpJson: Notation = {
  extension: "json",
  mime: "application/json",
  // What the server read from other attributes it reads again wherever the file is sent.
  source: { path: "spans/otlpv1", search: { derived: "false" } },
  parse: (body) =>
    parseWith(body, (key, value, context) =>
      typeof value === "number" && LONGS.has(key) ? (context?.source ?? String(value)) : value,
    ),
  idsOf: (span) => ({ traceId: text(span.trace_id), spanId: text(span.span_id), isRoot: !span.parent_span_id }),
  write: (span, said) =>
    JSON.stringify({
      ...(toCamelCase(span) as Item),
      kind: Math.max(0, KINDS.indexOf(text(span.kind).replace("SPAN_KIND_", ""))),
      ...(said.span ? { spanAnnotations: said.span } : {}),
      ...(said.trace ? { traceAnnotations: said.trace } : {}),
    }),
  head: (project) => {
    const attributes = [{ key: "openinference.project.name", value: { stringValue: project } }];
    return `{"resourceSpans":[{"resource":${JSON.stringify({ attributes })},"scopeSpans":[{"scope":{},"spans":[\n`;
  },
  between: ",\n",
  tail: "\n]}]}]}\n",
};

/** All names in it are those of the notation; what senders named themselves stands in values. */
function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [
        name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        toCamelCase(member),
      ]),
  );
}
