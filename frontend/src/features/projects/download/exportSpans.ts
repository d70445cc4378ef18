import { readRest } from "../../../lib/readRest";
import { isRecord } from "../../../lib/storage";
import type { Item, Notation } from "./notation";

export type PickedSpan = { traceId: string; spanId: string };

export type Export = {
  project: { id: string; name: string };
  /** These spans, or all spans of these traces. */
  of: { spans: readonly PickedSpan[] } | { traces: readonly string[] };
  notation: Notation;
  withSpanAnnotations: boolean;
  withTraceAnnotations: boolean;
};

/** As many ids as an address has room for. */
const TRACES_AT_ONCE = 125;
const SPANS_AT_ONCE = 250;
const PAGE = 1000;
/** Browsers open six connections to a server; the page needs some, too. */
const WORKERS = 4;

type Batch = {
  traces: readonly string[];
  /** What is asked for. */
  ids: Record<string, readonly string[]>;
  accepts: (traceId: string, spanId: string) => boolean;
};

/** Writes the spans as they are read, each once, and gives their number. */
export async function exportSpans(
  { project, of, notation, withSpanAnnotations, withTraceAnnotations }: Export,
  write: (text: string) => Promise<void>,
  onProgress: (spans: number) => void,
  given: AbortSignal,
): Promise<number> {
  const failed = new AbortController();
  const signal = AbortSignal.any([given, failed.signal]);
  const root = `/v1/projects/${encodeURIComponent(project.id)}`;
  let count = 0;
  /** Traces of which the annotations are written: they stand with one span. */
  const told = new Set<string>();

  const pages = async function* (path: string, search: Record<string, string | readonly string[]>) {
    let cursor: string | null = null;
    do {
      const params = new URLSearchParams({ limit: String(PAGE), ...(cursor ? { cursor } : {}) });
      for (const [name, values] of Object.entries(search)) {
        for (const value of [values].flat()) params.append(name, value);
      }
      // oxlint-disable-next-line no-await-in-loop -- each page tells where the next one begins
      const answer = notation.parse(await readRest(`${root}/${path}`, params, signal));
      const { data, next_cursor: next }: Item = isRecord(answer) ? answer : {};
      yield Array.isArray(data) ? data.filter(isRecord) : [];
      cursor = typeof next === "string" ? next : null;
    } while (cursor);
  };
  const annotations = async (target: "span" | "trace", ids: readonly string[]) => {
    const all = new Map<unknown, Item[]>();
    for (const some of batched(ids, target === "span" ? SPANS_AT_ONCE : TRACES_AT_ONCE)) {
      // oxlint-disable-next-line no-await-in-loop -- other workers go on meanwhile
      for await (const page of pages(`${target}_annotations`, { [`${target}_ids`]: some })) {
        for (const each of page) {
          const id = each[`${target}_id`];
          all.set(id, [...(all.get(id) ?? []), each]);
        }
      }
    }
    return all;
  };
  const text = (span: Item, ofSpan: readonly Item[] | null, ofTrace: readonly Item[] | null) => {
    const before = count === 0 ? notation.head(project.name) : notation.between;
    count++;
    return before + notation.write(span, { span: ofSpan, trace: ofTrace });
  };

  const run = async ({ traces, ids, accepts }: Batch) => {
    const ofTraces = withTraceAnnotations ? await annotations("trace", traces) : null;
    /** The first span of each trace, until its root has come. */
    const waiting = new Map<string, () => string>();
    for await (const page of pages(notation.source.path, { ...notation.source.search, ...ids })) {
      const spans = page
        .map((span) => ({ span, ...notation.idsOf(span) }))
        .filter(({ traceId, spanId }) => accepts(traceId, spanId));
      const ofSpans = withSpanAnnotations
        ? await annotations(
            "span",
            spans.map(({ spanId }) => spanId),
          )
        : null;
      const texts = spans.map(({ span, traceId, spanId, isRoot }) => {
        const ofSpan = ofSpans && (ofSpans.get(spanId) ?? []);
        if (!ofTraces || told.has(traceId)) return text(span, ofSpan, null);
        const tell = () => {
          const isFirst = !told.has(traceId);
          told.add(traceId);
          return text(span, ofSpan, isFirst ? (ofTraces.get(traceId) ?? []) : null);
        };
        if (isRoot) return tell();
        if (waiting.has(traceId)) return text(span, ofSpan, null);
        waiting.set(traceId, tell);
        return "";
      });
      await write(texts.join(""));
      onProgress(count);
    }
    await write([...waiting.values()].map((tell) => tell()).join(""));
    onProgress(count);
  };

  const batches = batchesOf(of).values();
  const worker = async () => {
    // oxlint-disable-next-line no-await-in-loop -- the other workers take the next ones
    for (const batch of batches) await run(batch);
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, worker));
  } catch (error) {
    failed.abort();
    throw error;
  }
  await write((count === 0 ? notation.head(project.name) : "") + notation.tail);
  return count;
}

const keyOf = ({ traceId, spanId }: PickedSpan) => `${traceId} ${spanId}`;

function batchesOf(of: Export["of"]): Batch[] {
  if ("traces" in of) {
    return batched(of.traces, TRACES_AT_ONCE).map((traces) => ({
      traces,
      ids: { trace_id: traces },
      accepts: () => true,
    }));
  }
  return batched(of.spans, SPANS_AT_ONCE).map((spans) => {
    const wanted = new Set(spans.map(keyOf));
    return {
      traces: [...new Set(spans.map(({ traceId }) => traceId))],
      ids: { span_id: spans.map(({ spanId }) => spanId) },
      // Other traces may have spans with the same ids.
      accepts: (traceId, spanId) => wanted.has(keyOf({ traceId, spanId })),
    };
  });
}

function batched<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
