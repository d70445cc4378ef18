import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { spanId, type TraceTree } from "./model/tree";

/** Browsers refuse address changes that come faster than a held key repeats. */
const WRITE_MS = 150;

/** The selected span: the address says which. Selecting is immediate, the address follows when the selection rests. */
export function useSelectedSpan(tree: TraceTree, isComplete: boolean): [string, (spanId: string) => void] {
  const [params, setParams] = useSearchParams();
  const [pending, setPending] = useState<string | null>(null);
  const addressed = params.get("selectedSpanNodeId");
  // Only once the address has caught up: until then it still names the span before.
  if (pending !== null && pending === addressed) setPending(null);

  // Decided when all of the trace is there: spans that arrive later do not move what a person is reading.
  const [decided, decide] = useState<string | null>(null);
  const initial = decided ?? spanId(tree, Math.max(0, tree.firstError));
  if (isComplete && decided === null) decide(initial);

  useEffect(() => {
    if (pending === null) return;
    const timer = setTimeout(
      () =>
        setParams(
          (current) => {
            const next = new URLSearchParams(current);
            next.set("selectedSpanNodeId", pending);
            return next;
          },
          { replace: true, preventScrollReset: true },
        ),
      WRITE_MS,
    );
    return () => clearTimeout(timer);
  }, [pending, setParams]);

  const known = addressed && tree.rowOfSpan.has(addressed) ? addressed : initial;
  return [pending ?? known, setPending];
}
