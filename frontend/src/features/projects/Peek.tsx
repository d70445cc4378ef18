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
import { SpanDetailsSkeleton } from "../spans/details/SpanDetailsSkeleton";
import { useProject } from "./ProjectContext";

const SpanDetails = lazily(async () => (await import("../details")).SpanDetails);
const Session = lazily(async () => (await import("../details")).Session);

/** Short enough to feel immediate; long enough that a held arrow key does not load every row. */
const SETTLE_MS = 80;

/** What there is to read of a row: a span, also the root of a trace, or a conversation. */
export type Peeked = { kind: "span" | "session"; id: string };

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
export function WithPeek({ row, children }: { row: Peeked | null; children: ReactNode }) {
  const [isOn] = usePreference("peek");
  const { traceId, sessionId } = useParams();
  const isOpen = isOn && traceId === undefined && sessionId === undefined;
  return (
    <SplitPane
      id="peek"
      label={tableText.peekPane}
      initial={0.6}
      first={children}
      // The table stays the same one, with its rows and where one is among them.
      second={isOpen ? row === null ? <EmptyNote>{tableText.peekNothing}</EmptyNote> : <PeekedRow row={row} /> : null}
    />
  );
}

function PeekedRow({ row }: { row: Peeked }) {
  const { live } = useProject();
  const [attempt, setAttempt] = useState(0);
  const id = useDeferredValue(useDebounced(row.id, SETTLE_MS), null);
  return (
    <ErrorBoundary resetKey={`${id} ${attempt}`} onRetry={() => setAttempt((count) => count + 1)}>
      <h2 className="sr-only">{tableText.peek}</h2>
      <Suspense fallback={<SpanDetailsSkeleton />}>
        {id === null ? (
          <SpanDetailsSkeleton />
        ) : row.kind === "span" ? (
          <SpanDetails spanId={id} attempt={attempt} />
        ) : (
          <Session key={id} id={id} version={`${attempt} ${live.version}`} />
        )}
      </Suspense>
    </ErrorBoundary>
  );
}
