import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { base } from "./server";

export type Value = string | number | boolean | string[];

export type SpanSpec = {
  name: string;
  kind?: string;
  /** Milliseconds after the start of the trace. */
  at?: number;
  ms?: number;
  attributes?: Record<string, Value>;
  error?: string;
  exception?: { type: string; message: string; stacktrace?: string };
  children?: SpanSpec[];
};

type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  [key: string]: unknown;
};

type Request = {
  resourceSpans: {
    resource: { attributes: { key: string; value: unknown }[] };
    scopeSpans: { scope?: unknown; spans: (OtlpSpan & { events?: { timeUnixNano: string }[] })[] }[];
  }[];
};

const PROJECT = "openinference.project.name";
const NANOS = 1_000_000n;

/** Another server, and who sends. */
type Door = { to?: string; headers?: Record<string, string> };

export async function exportSpans(request: Request, { to = base, headers = {} }: Door = {}): Promise<void> {
  const response = await fetch(`${to}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`The server refused the spans: ${response.status} ${await response.text()}`);
}

/** Stores a trace that ended `secondsAgo`, and gives its id. */
export async function sendTrace(
  project: string,
  root: SpanSpec,
  { secondsAgo = 0, traceId = hex(16), ...door }: { secondsAgo?: number; traceId?: string } & Door = {},
): Promise<string> {
  const start = BigInt(Date.now() - secondsAgo * 1000 - (root.ms ?? 0)) * NANOS;
  const spans: OtlpSpan[] = [];
  const add = (spec: SpanSpec, parentSpanId?: string): void => {
    const spanId = hex(8);
    const from = start + BigInt(Math.round((spec.at ?? 0) * 1e6));
    const end = from + BigInt(Math.round((spec.ms ?? 1) * 1e6));
    spans.push({
      traceId,
      spanId,
      ...(parentSpanId ? { parentSpanId } : {}),
      name: spec.name,
      startTimeUnixNano: String(from),
      endTimeUnixNano: String(end),
      attributes: toAttributes({ "openinference.span.kind": spec.kind ?? "CHAIN", ...spec.attributes }),
      status: spec.error ? { code: 2, message: spec.error } : { code: 1 },
      ...(spec.exception
        ? {
            events: [
              {
                name: "exception",
                timeUnixNano: String(end),
                attributes: toAttributes({
                  "exception.type": spec.exception.type,
                  "exception.message": spec.exception.message,
                  "exception.stacktrace": spec.exception.stacktrace ?? "",
                }),
              },
            ],
          }
        : {}),
    });
    for (const child of spec.children ?? []) add(child, spanId);
  };
  add(root);
  await exportSpans(
    {
      resourceSpans: [
        {
          resource: { attributes: toAttributes({ [PROJECT]: project, "service.name": "browser-test" }) },
          scopeSpans: [{ scope: { name: "browser-test", version: "1" }, spans }],
        },
      ],
    },
    door,
  );
  return traceId;
}

/** Stores recorded traffic of a real library in a project of one's own, as if it had ended just now. */
export async function sendRecording(name: string, project: string): Promise<void> {
  const folder = join(import.meta.dirname, "../../../phoenix-server/src/test/resources/otlp");
  const request = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Request;
  const spans = request.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans));
  const last = spans.map((span) => BigInt(span.endTimeUnixNano)).reduce((a, b) => (a > b ? a : b));
  const shift = BigInt(Date.now()) * NANOS - last;
  const fresh = new Map<string, string>();
  const renew = (id: string): string => {
    if (!fresh.has(id)) fresh.set(id, hex(id.length / 2));
    return fresh.get(id) ?? id;
  };
  for (const span of spans) {
    span.traceId = renew(span.traceId);
    span.spanId = renew(span.spanId);
    if (span.parentSpanId) span.parentSpanId = renew(span.parentSpanId);
    span.startTimeUnixNano = String(BigInt(span.startTimeUnixNano) + shift);
    span.endTimeUnixNano = String(BigInt(span.endTimeUnixNano) + shift);
    for (const event of span.events ?? []) event.timeUnixNano = String(BigInt(event.timeUnixNano) + shift);
  }
  for (const { resource } of request.resourceSpans) {
    resource.attributes = [
      ...resource.attributes.filter(({ key }) => key !== PROJECT),
      ...toAttributes({ [PROJECT]: project }),
    ];
  }
  await exportSpans(request);
}

export function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}

function toAttributes(attributes: Record<string, Value>): { key: string; value: unknown }[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }));
}

function toValue(value: Value): unknown {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "string") return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
