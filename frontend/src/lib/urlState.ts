import { useSearchParams } from "react-router";
import { usePreference } from "./preferences";
import { readTimeRange, writeTimeRange, type TimeRange } from "./timeRange";

/** Belongs to one open row: dropped when another tab or row is opened. */
const SELECTION = ["selectedSpanNodeId", "view", "find"];

/** The window of time in the address; without one there, the last preset this browser used. */
export function useTimeRange(): [TimeRange, (range: TimeRange) => void] {
  const [params, setParams] = useSearchParams();
  const [lastKey, setLastKey] = usePreference("timeRangeKey");
  const set = (range: TimeRange) => {
    if (range.kind === "last") setLastKey(range.key);
    setParams((current) => writeTimeRange(current, range), { replace: true });
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

export function tracePath(projectId: string, tab: "spans" | "traces", traceId: string): string {
  return `/projects/${encodeURIComponent(projectId)}/${tab}/${encodeURIComponent(traceId)}`;
}

export type SortParam<C extends string> = { column: C; direction: "asc" | "desc" };

/** `sort=latencyMs.desc`; what is not a column of the table is ignored. */
export function useSort<C extends string>(
  columns: readonly C[],
  fallback: SortParam<C>,
): [SortParam<C>, (sort: { column: string; direction: "asc" | "desc" }) => void] {
  const [params, setParams] = useSearchParams();
  const [name, direction] = (params.get("sort") ?? "").split(".");
  const column = columns.find((candidate) => candidate === name);
  const sort: SortParam<C> = column ? { column, direction: direction === "asc" ? "asc" : "desc" } : fallback;
  const set = (next: { column: string; direction: "asc" | "desc" }) =>
    setParams(
      (current) => {
        const updated = new URLSearchParams(current);
        if (next.column === fallback.column && next.direction === fallback.direction) updated.delete("sort");
        else updated.set("sort", `${next.column}.${next.direction}`);
        return updated;
      },
      { replace: true },
    );
  return [sort, set];
}
