import { useEffect, useEffectEvent, useReducer, useRef } from "react";
import { countSpans, readSkeleton } from "./model/skeleton";
import { buildTree, type TraceTree } from "./model/tree";

export type TraceTreeState =
  | { status: "loading" }
  | { status: "failed"; error: unknown }
  /** `isComplete` is false while further pages of a large trace arrive. */
  | { status: "ready"; tree: TraceTree; isComplete: boolean };

type Action =
  | { type: "restart" }
  | { type: "page"; tree: TraceTree }
  | { type: "complete" }
  | { type: "failed"; error: unknown };

function reduce(state: TraceTreeState, action: Action): TraceTreeState {
  switch (action.type) {
    case "restart":
      return { status: "loading" };
    case "page": {
      // While a shown tree is read again, it stays until the new one is as large.
      const isShrinking = state.status === "ready" && state.isComplete && action.tree.size < state.tree.size;
      return isShrinking ? state : { status: "ready", tree: action.tree, isComplete: false };
    }
    case "complete":
      return state.status === "ready" ? { ...state, isComplete: true } : state;
    case "failed":
      // A failing refresh does not take away what is there.
      return state.status === "ready" ? state : { status: "failed", error: action.error };
  }
}

/** The tree of a trace; read again when the project changed and the trace has grown. */
export function useTraceTree(traceId: string, version: string): [TraceTreeState, () => void] {
  const [state, dispatch] = useReducer(reduce, { status: "loading" });
  const [attempt, retry] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    const abort = new AbortController();
    dispatch({ type: "restart" });
    void load(traceId, abort.signal, dispatch);
    return () => abort.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- an attempt repeats the same request
  }, [traceId, attempt]);

  const seen = useRef(version);
  const refresh = useEffectEvent((signal: AbortSignal) => {
    if (state.status !== "ready" || !state.isComplete) return;
    void loadIfGrown(traceId, state.tree.size, signal, dispatch);
  });
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    const abort = new AbortController();
    refresh(abort.signal);
    return () => abort.abort();
  }, [version]);

  return [state, retry];
}

async function load(traceId: string, signal: AbortSignal, dispatch: (action: Action) => void): Promise<void> {
  try {
    for await (const skeleton of readSkeleton(traceId, signal)) {
      if (signal.aborted) return;
      dispatch({ type: "page", tree: buildTree(skeleton) });
    }
    dispatch({ type: "complete" });
  } catch (error) {
    if (!signal.aborted) dispatch({ type: "failed", error });
  }
}

async function loadIfGrown(
  traceId: string,
  size: number,
  signal: AbortSignal,
  dispatch: (action: Action) => void,
): Promise<void> {
  try {
    if ((await countSpans(traceId, signal)) !== size) await load(traceId, signal, dispatch);
  } catch {
    // The next change asks again.
  }
}
