import { ListTree, MessagesSquare } from "lucide-react";
import { Suspense, useDeferredValue, useState } from "react";
import { copyText } from "../../lib/copyText";
import { useShortcuts } from "../../lib/shortcuts";
import { useDebounced } from "../../lib/useDebounced";
import { traceText } from "../../text/trace";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { conversationText } from "../../text/conversation";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SplitPane } from "../../ui/SplitPane";
import { SpanDetails } from "../spans/details/SpanDetails";
import { SpanDetailsSkeleton } from "../spans/details/SpanDetailsSkeleton";
import type { TraceTree } from "./model/tree";
import { TraceConversation } from "./TraceConversation";
import { TraceTreePane } from "./TraceTreePane";
import { useSelectedSpan } from "./useSelectedSpan";
import { useTraceView, type TraceView } from "./useTraceView";

export const TRACE_PANES = { id: "trace", label: traceText.resizePanes, initial: 0.45, min: 280, stackBelow: 848 };

/** Short enough to feel immediate; long enough that a held arrow key does not load every span on its way. */
const SETTLE_MS = 60;

export function LoadedTrace({ tree, isComplete }: { tree: TraceTree; isComplete: boolean }) {
  const [selected, select] = useSelectedSpan(tree, isComplete);
  // The details shown stay until those of the next span are there; at first that is a skeleton.
  const shown = useDeferredValue(useDebounced(selected, SETTLE_MS), null);
  const [attempt, setAttempt] = useState(0);
  const selectedRow = tree.rowOfSpan.get(selected) ?? -1;

  const [view, setView] = useTraceView();
  const viewSwitch = (
    <SegmentedControl<TraceView>
      label={conversationText.view}
      value={view}
      onChange={setView}
      options={[
        { value: "tree", label: conversationText.tree, icon: <ListTree size={14} /> },
        { value: "conversation", label: conversationText.title, icon: <MessagesSquare size={14} /> },
      ]}
    />
  );

  useShortcuts([
    {
      keys: "v",
      label: view === "tree" ? conversationText.title : conversationText.tree,
      group: traceText.group,
      run: () => setView(view === "tree" ? "conversation" : "tree"),
    },
    {
      keys: "y",
      label: traceText.copySpanId,
      group: traceText.group,
      run: () => void copyText(tree.skeleton.spanIds[tree.spanOf[selectedRow] ?? -1] ?? ""),
    },
  ]);

  return (
    <SplitPane
      {...TRACE_PANES}
      first={
        view === "conversation" ? (
          <div className="flex min-h-0 grow flex-col">
            <div className="flex h-9 shrink-0 items-center border-b border-line px-2">{viewSwitch}</div>
            <ErrorBoundary resetKey={`${tree.size} ${attempt}`} onRetry={() => setAttempt((count) => count + 1)}>
              <Suspense fallback={<SpanDetailsSkeleton />}>
                <TraceConversation
                  trace={tree.skeleton.trace.id}
                  version={tree.size}
                  selected={selected}
                  onSelect={select}
                />
              </Suspense>
            </ErrorBoundary>
          </div>
        ) : (
          <TraceTreePane
            tree={tree}
            isComplete={isComplete}
            selectedRow={selectedRow}
            onSelect={select}
            viewSwitch={viewSwitch}
          />
        )
      }
      second={
        <div
          className="flex min-h-0 grow flex-col transition-opacity delay-100 data-[stale=true]:opacity-60"
          data-stale={shown !== null && shown !== selected}
        >
          <ErrorBoundary resetKey={`${shown} ${attempt}`} onRetry={() => setAttempt((count) => count + 1)}>
            <Suspense fallback={<SpanDetailsSkeleton />}>
              {shown === null ? <SpanDetailsSkeleton /> : <SpanDetails spanId={shown} attempt={attempt} />}
            </Suspense>
          </ErrorBoundary>
        </div>
      }
    />
  );
}
