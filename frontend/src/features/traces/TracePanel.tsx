import { ApiError } from "../../lib/apiError";
import { Suspense } from "react";
import { traceText } from "../../text/trace";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { SplitPane } from "../../ui/SplitPane";
import { useProject } from "../projects/ProjectContext";
import { SpanDetailsSkeleton } from "../spans/details/SpanDetailsSkeleton";
import { LoadedTrace, TRACE_PANES } from "./LoadedTrace";
import { TraceHeader, TraceHeaderFrame, type TraceHeaderActions } from "./TraceHeader";
import { TreeSkeleton } from "./TreeSkeleton";
import { firstSpan } from "./model/tree";
import { useTraceTree, type TraceTreeState } from "./useTraceTree";

export function TracePanel({ traceId, ...actions }: { traceId: string } & TraceHeaderActions) {
  const { live } = useProject();
  const [state, retry] = useTraceTree(traceId, live.version);
  const bare = <TraceHeaderFrame traceId={traceId} {...actions} />;
  return (
    <div className="flex min-h-0 min-w-0 grow flex-col">
      {state.status === "failed" ? (
        bare
      ) : (
        <ErrorBoundary resetKey={live.version} fallback={() => bare}>
          <Suspense fallback={bare}>
            <TraceHeader
              traceId={traceId}
              version={live.version}
              firstSpan={state.status === "ready" ? firstSpan(state.tree) : null}
              {...actions}
            />
          </Suspense>
        </ErrorBoundary>
      )}
      <TraceBody state={state} traceId={traceId} onRetry={retry} />
    </div>
  );
}

function TraceBody({ state, traceId, onRetry }: { state: TraceTreeState; traceId: string; onRetry: () => void }) {
  switch (state.status) {
    case "loading":
      return <SplitPane {...TRACE_PANES} first={<TreeSkeleton />} second={<SpanDetailsSkeleton />} />;
    case "failed":
      return state.error instanceof ApiError && state.error.kind === "not-found" ? (
        <EmptyState title={traceText.unknown}>
          <code className="text-code break-all">{traceId}</code> {traceText.unknownNote}
        </EmptyState>
      ) : (
        <ErrorState error={state.error} onRetry={onRetry} />
      );
    case "ready":
      return state.tree.size === 0 ? (
        <EmptyState title={traceText.empty}>{traceText.emptyNote}</EmptyState>
      ) : (
        <LoadedTrace tree={state.tree} isComplete={state.isComplete} />
      );
  }
}
