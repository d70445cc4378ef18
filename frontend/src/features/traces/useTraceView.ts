import { useSearchParams } from "react-router";

export type TraceView = "tree" | "conversation";

const PARAM = "traceView";

/** How the trace is shown; it stays while one goes from trace to trace. */
export function useTraceView(): [TraceView, (view: TraceView) => void] {
  const [params, setParams] = useSearchParams();
  const view = params.get(PARAM) === "conversation" ? "conversation" : "tree";
  const set = (next: TraceView) =>
    setParams(
      (current) => {
        const updated = new URLSearchParams(current);
        if (next === "tree") updated.delete(PARAM);
        else updated.set(PARAM, next);
        return updated;
      },
      { replace: true },
    );
  return [view, set];
}
