import { useNavigate, useSearchParams } from "react-router";
import { usePreference } from "./preferences";
import { readTimeRange, writeTimeRange, type TimeRange } from "./timeRange";

/** Belongs to one open row: dropped when another tab or row is opened. */
const SELECTION = ["selectedSpanNodeId", "view", "find"];

/** The window of time in the address; without one there, the last preset this browser used. */
export function useTimeRange(): [TimeRange, (range: TimeRange) => void] {
  const [params] = useSearchParams();
  const [lastKey, setLastKey] = usePreference("timeRangeKey");
  const write = useWriteParams();
  const set = (range: TimeRange) => {
    if (range.kind === "last") setLastKey(range.key);
    write((current) => writeTimeRange(current, range));
  };
  return [readTimeRange(params, lastKey), set];
}

/** The address without what belonged to the open row. */
export function withoutSelection(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of SELECTION) next.delete(name);
  return next;
}

/** Time travels along with links; nothing else does. */
export function timeSearch(params: URLSearchParams): string {
  const kept = [...params].filter(([name]) => name.startsWith("timeRange"));
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : "";
}

export function withSearch(path: string, params: URLSearchParams): string {
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export function sessionPath(projectId: string, sessionId: string): string {
  return `/projects/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(sessionId)}`;
}

export function tracePath(projectId: string, tab: "spans" | "traces", traceId: string): string {
  return `/projects/${encodeURIComponent(projectId)}/${tab}/${encodeURIComponent(traceId)}`;
}

/** Changes the address as it is at that moment, so that two changes in quick succession both count. */
export function useWriteParams(): (change: (params: URLSearchParams) => URLSearchParams) => void {
  const navigate = useNavigate();
  return (change) => {
    const params = new URLSearchParams(window.location.search);
    void navigate({ search: change(params).toString() }, { replace: true });
  };
}

/** A text in the address. Present but empty means that somebody took it away; absent, that nobody has. */
export function useTextParam(name: string, fallback: string): [string, (text: string) => void] {
  const [params] = useSearchParams();
  const write = useWriteParams();
  const set = (text: string) =>
    write((next) => {
      if (text === fallback) next.delete(name);
      else next.set(name, text);
      return next;
    });
  return [params.get(name) ?? fallback, set];
}

export type SortParam<C extends string> = { column: C; direction: "asc" | "desc" };

/** `sort=latencyMs.desc`; what is not a column of the table is ignored. */
export function readSort<C extends string>(
  params: URLSearchParams,
  isColumn: (name: string) => name is C,
  fallback: SortParam<C>,
): SortParam<C> {
  const [, name = "", direction] = /^(.*)\.(asc|desc)$/s.exec(params.get("sort") ?? "") ?? [];
  return isColumn(name) ? { column: name, direction: direction === "asc" ? "asc" : "desc" } : fallback;
}

export function useSort<C extends string>(
  isColumn: (name: string) => name is C,
  fallback: SortParam<C>,
): [SortParam<C>, (sort: { column: string; direction: "asc" | "desc" }) => void] {
  const [params] = useSearchParams();
  const write = useWriteParams();
  const set = (next: { column: string; direction: "asc" | "desc" }) =>
    write((updated) => {
      if (next.column === fallback.column && next.direction === fallback.direction) updated.delete("sort");
      else updated.set("sort", `${next.column}.${next.direction}`);
      return updated;
    });
  return [readSort(params, isColumn, fallback), set];
}
