import { PanelRight } from "lucide-react";
import { Suspense, useDeferredValue, useState, type ReactNode } from "react";
import { useParams } from "react-router";
import { lazily } from "../../lib/code";
import { usePreference } from "../../lib/preferences";
import { useShortcuts } from "../../lib/shortcuts";
import { useDebounced } from "../../lib/useDebounced";
import { tableText } from "../../text/table";
import { projectText } from "../../text/project";
import { IconToggle } from "../../ui/Button";
import { EmptyNote } from "../../ui/EmptyState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { SplitPane } from "../../ui/SplitPane";
import { SpanDetailsSkeleton } from "./details/SpanDetailsSkeleton";

const SpanDetails = lazily(async () => (await import("../details")).SpanDetails);

/** Short enough to feel immediate; long enough that a held arrow key does not load every row. */
const SETTLE_MS = 80;

export function PeekToggle() {
  const [isOn, setOn] = usePreference("peek");
  useShortcuts([{ keys: "p", label: tableText.peek, group: projectText.group, run: () => setOn(!isOn) }]);
  return (
    <IconToggle
      label={tableText.peek}
      shortcut="p"
      icon={<PanelRight size={15} />}
      isSelected={isOn}
      onChange={setOn}
    />
  );
}

/** The row the keyboard is on, read beside the table while the arrow keys go on moving through it. */
export function WithPeek({ span, children }: { span: string | null; children: ReactNode }) {
  const [isOn] = usePreference("peek");
  const { traceId } = useParams();
  if (!isOn || traceId !== undefined) return children;
  return (
    <SplitPane
      id="peek"
      label={tableText.peekPane}
      initial={0.6}
      first={children}
      second={span === null ? <EmptyNote>{tableText.peekNothing}</EmptyNote> : <PeekedSpan span={span} />}
    />
  );
}

function PeekedSpan({ span }: { span: string }) {
  const [attempt, setAttempt] = useState(0);
  const shown = useDeferredValue(useDebounced(span, SETTLE_MS));
  return (
    <ErrorBoundary resetKey={`${shown} ${attempt}`} onRetry={() => setAttempt((count) => count + 1)}>
      <h2 className="sr-only">{tableText.peek}</h2>
      <Suspense fallback={<SpanDetailsSkeleton />}>
        <SpanDetails spanId={shown} attempt={attempt} />
      </Suspense>
    </ErrorBoundary>
  );
}
