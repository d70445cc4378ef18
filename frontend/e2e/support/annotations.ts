import { base } from "./server";

type Said = { name: string; annotator_kind: "HUMAN" | "LLM" | "CODE"; label?: string; score?: number };

async function post(path: string, data: object[]): Promise<void> {
  const response = await fetch(`${base}${path}?sync=true`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data }),
  });
  if (!response.ok) throw new Error(`The server refused the annotations: ${response.status} ${await response.text()}`);
}

const entry = ({ name, annotator_kind, label, score }: Said) => ({
  name,
  annotator_kind,
  identifier: annotator_kind,
  result: { label, score },
});

export function annotateSpans(all: { spanId: string; said: Said }[]): Promise<void> {
  return post(
    "/v1/span_annotations",
    all.map(({ spanId, said }) => ({ span_id: spanId, ...entry(said) })),
  );
}

export function annotateTraces(all: { traceId: string; said: Said }[]): Promise<void> {
  return post(
    "/v1/trace_annotations",
    all.map(({ traceId, said }) => ({ trace_id: traceId, ...entry(said) })),
  );
}
