import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Suspense, useDeferredValue, useState } from "react";
import { useNavigate, useOutletContext, useParams, useSearchParams } from "react-router";
import { useShortcuts } from "../../lib/shortcuts";
import { sessionPath, withoutSelection, withSearch } from "../../lib/urlState";
import { sessionsText } from "../../text/sessions";
import { IconButton } from "../../ui/Button";
import { Drawer } from "../../ui/Drawer";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { useProject } from "../projects/ProjectContext";
import { Session } from "./Session";

/** One conversation, over the list of them. */
export function SessionDrawer() {
  const { sessionId = "" } = useParams();
  const rows = useOutletContext<readonly string[]>();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { id, live } = useProject();
  const [attempt, setAttempt] = useState(0);
  const shown = useDeferredValue(sessionId, null);

  const at = rows.indexOf(sessionId);
  const step = (direction: -1 | 1): (() => void) | null => {
    const row = at < 0 ? undefined : rows[at + direction];
    if (row === undefined) return null;
    return () => void navigate(withSearch(sessionPath(id, row), withoutSelection(params)), { replace: true });
  };
  const previous = step(-1);
  const next = step(1);
  const close = () => {
    void navigate(withSearch(`/projects/${encodeURIComponent(id)}/sessions`, withoutSelection(params)));
    document.querySelector<HTMLElement>("main [role=grid]")?.focus({ preventScroll: true });
  };
  useShortcuts([
    { keys: "j", label: sessionsText.next, group: sessionsText.title, run: () => next?.() },
    { keys: "k", label: sessionsText.previous, group: sessionsText.title, run: () => previous?.() },
    { keys: "esc", label: sessionsText.close, group: sessionsText.title, run: close },
  ]);
  return (
    <Drawer
      id="session"
      label={sessionsText.session}
      resizeLabel={sessionsText.resize}
      initialShare={0.6}
      minWidth={420}
    >
      {() => (
        <>
          <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line px-2">
            <IconButton
              label={sessionsText.previous}
              shortcut="k"
              icon={<ArrowUp size={15} />}
              isDisabled={!previous}
              onPress={() => previous?.()}
            />
            <IconButton
              label={sessionsText.next}
              shortcut="j"
              icon={<ArrowDown size={15} />}
              isDisabled={!next}
              onPress={() => next?.()}
            />
            <h2 className="grow px-1 text-section font-semibold">{sessionsText.conversation}</h2>
            <IconButton label={sessionsText.close} shortcut="esc" icon={<X size={16} />} onPress={close} />
          </div>
          <ErrorBoundary resetKey={`${sessionId} ${attempt}`} onRetry={() => setAttempt((count) => count + 1)}>
            <Suspense fallback={<ConversationSkeleton />}>
              {shown === null ? (
                <ConversationSkeleton />
              ) : (
                <Session key={shown} id={shown} version={`${attempt} ${live.version}`} />
              )}
            </Suspense>
          </ErrorBoundary>
        </>
      )}
    </Drawer>
  );
}

function ConversationSkeleton() {
  return (
    <Loading label={sessionsText.conversation}>
      <div className="flex flex-col gap-6 p-4">
        {[0, 1, 2].map((turn) => (
          <div key={turn} className="flex flex-col gap-3">
            <Skeleton className="ml-auto h-10 w-2/5" />
            <Skeleton className="h-16 w-3/5" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
