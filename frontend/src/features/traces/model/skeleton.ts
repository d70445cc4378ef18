import { httpError } from "../../../lib/apiError";
import { sessionFetch } from "../../../lib/session";
import { toKind, type Kind } from "../../../ui/Kind";
import type { StatusCode } from "../../../ui/Status";

/** What the tree shows of every span, as columns: a hundred thousand spans are a handful of arrays. */
export type Skeleton = {
  trace: { id: string; traceId: string; projectId: string; numSpans: number };
  /** Node ids. */
  ids: string[];
  spanIds: string[];
  parentIds: (string | null)[];
  names: string[];
  kinds: Kind[];
  statuses: StatusCode[];
  /** Microseconds; relative to each other. */
  starts: number[];
  durations: (number | null)[];
  tokens: (number | null)[];
  /** US dollars; `null` without a price. */
  costs: (number | null)[];
};

type Page = {
  trace: { id: string; trace_id: string; project_id: string; num_spans: number };
  columns: {
    id: string[];
    span_id: string[];
    parent_id: (string | null)[];
    name: string[];
    kind: string[];
    status: StatusCode[];
    start_us: number[];
    duration_us: (number | null)[];
    tokens: (number | null)[];
    cost: (number | null)[];
  };
  next_cursor: string | null;
};

const FIRST_PAGE = 2000;
const NEXT_PAGES = 10_000;

/** The first page is shown at once; the rest follow, and each is handed over with all before it. */
export async function* readSkeleton(traceId: string, signal: AbortSignal): AsyncGenerator<Skeleton> {
  let skeleton: Skeleton | null = null;
  let cursor: string | null = null;
  do {
    // oxlint-disable-next-line no-await-in-loop -- a page names the one after it
    const page: Page = await readPage(traceId, cursor, signal);
    skeleton = skeleton ? append(skeleton, page) : toSkeleton(page);
    cursor = page.next_cursor;
    yield skeleton;
  } while (cursor);
}

/** How many spans the server has now, without reading them. */
export async function countSpans(traceId: string, signal: AbortSignal): Promise<number> {
  return (await readPage(traceId, null, signal, 1)).trace.num_spans;
}

async function readPage(
  traceId: string,
  cursor: string | null,
  signal: AbortSignal,
  limit = cursor ? NEXT_PAGES : FIRST_PAGE,
): Promise<Page> {
  const search = new URLSearchParams({ limit: String(limit), ...(cursor ? { cursor } : {}) });
  const response = await sessionFetch(`/v1/traces/${encodeURIComponent(traceId)}/skeleton?${search}`, {
    headers: { accept: "application/json" },
    signal,
  });
  if (!response.ok) throw httpError(response.status, await response.text());
  return (await response.json()) as Page;
}

function toSkeleton({ trace, columns }: Page): Skeleton {
  return {
    trace: { id: trace.id, traceId: trace.trace_id, projectId: trace.project_id, numSpans: trace.num_spans },
    ids: columns.id,
    spanIds: columns.span_id,
    parentIds: columns.parent_id,
    names: columns.name,
    kinds: columns.kind.map(toKind),
    statuses: columns.status,
    starts: columns.start_us,
    durations: columns.duration_us,
    tokens: columns.tokens,
    costs: columns.cost,
  };
}

function append(before: Skeleton, page: Page): Skeleton {
  const next = toSkeleton(page);
  return {
    trace: next.trace,
    ids: before.ids.concat(next.ids),
    spanIds: before.spanIds.concat(next.spanIds),
    parentIds: before.parentIds.concat(next.parentIds),
    names: before.names.concat(next.names),
    kinds: before.kinds.concat(next.kinds),
    statuses: before.statuses.concat(next.statuses),
    starts: before.starts.concat(next.starts),
    durations: before.durations.concat(next.durations),
    tokens: before.tokens.concat(next.tokens),
    costs: before.costs.concat(next.costs),
  };
}
