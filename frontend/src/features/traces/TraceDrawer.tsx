import { useState } from "react";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { useShortcuts } from "../../lib/shortcuts";
import { storedRecord, useStored } from "../../lib/storage";
import { tracePath, withoutSelection, withSearch } from "../../lib/urlState";
import { useSize } from "../../lib/useSize";
import { Separator } from "../../ui/Separator";
import { useProject } from "../projects/ProjectContext";
import { useRowSequence, type SequenceRow } from "./rowSequence";
import { TracePanel } from "./TracePanel";

const DEFAULT_SHARE = 0.76;
const MIN_WIDTH = 560;
const STEP = 0.05;
/** Where the window leaves no room for a table beside it, the drawer takes all of it. */
const COVERS_BELOW = 900;

/** Over the table, which stays usable; or, expanded, the whole page. Escape goes one step back. */
export function TraceDrawer() {
  const { traceId = "" } = useParams();
  const { pathname } = useLocation();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const project = useProject();
  const [layout, setLayout] = useStored(storedRecord("phoenix-drawer-trace"));
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const { width } = useSize(frame);

  const tab = pathname.split("/")[3] === "traces" ? "traces" : "spans";
  const isPage = params.get("view") === "page" || (width > 0 && width < COVERS_BELOW);
  const share = typeof layout.share === "number" ? layout.share : DEFAULT_SHARE;
  const panelWidth = Math.min(width, Math.max(MIN_WIDTH, share * width));
  const resize = (next: number) => setLayout({ share: Math.min(1, Math.max(0.3, next)) });

  const close = () => {
    void navigate(withSearch(`/projects/${encodeURIComponent(project.id)}/${tab}`, withoutSelection(params)));
    document.querySelector<HTMLElement>("main [role=grid]")?.focus({ preventScroll: true });
  };
  const setPage = (on: boolean) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (on) next.set("view", "page");
        else next.delete("view");
        return next;
      },
      { replace: !on },
    );

  const rows = useRowSequence();
  const at = position(rows, traceId, params.get("selectedSpanNodeId"));
  const step = (direction: -1 | 1): (() => void) | null => {
    const row = at < 0 ? undefined : rows[at + direction];
    if (!row) return null;
    return () => {
      const search = withoutSelection(params);
      if (row.spanId) search.set("selectedSpanNodeId", row.spanId);
      if (params.get("view")) search.set("view", "page");
      void navigate(withSearch(tracePath(project.id, tab, row.traceId), search), { replace: true });
    };
  };
  const previous = step(-1);
  const next = step(1);

  useShortcuts([
    { keys: "j", label: "Next row of the list", group: "Trace", run: () => next?.() },
    { keys: "k", label: "Previous row of the list", group: "Trace", run: () => previous?.() },
    { keys: "f", label: isPage ? "Back beside the list" : "Full page", group: "Trace", run: () => setPage(!isPage) },
    {
      keys: "esc",
      label: "One step back",
      group: "Trace",
      run: () => (params.get("view") === "page" ? setPage(false) : close()),
    },
  ]);

  return (
    <div ref={setFrame} className="pointer-events-none absolute inset-0 z-30 flex justify-end overflow-hidden">
      {width > 0 && (
        <section
          aria-label="Trace"
          className="pointer-events-auto flex min-w-0 bg-surface data-[drawer=true]:shadow-drawer"
          data-drawer={!isPage}
          style={{ width: isPage ? "100%" : panelWidth }}
        >
          {!isPage && (
            <Separator
              label="Resize the trace"
              value={Math.round((1 - panelWidth / width) * 100)}
              onDrag={(x) => {
                const box = frame?.getBoundingClientRect();
                if (box) resize((box.right - x) / box.width);
              }}
              onStep={(direction) => resize(panelWidth / width - direction * STEP)}
              onReset={() => resize(DEFAULT_SHARE)}
            />
          )}
          <TracePanel
            key={traceId}
            traceId={traceId}
            isPage={isPage}
            canShrink={width >= COVERS_BELOW}
            onPrevious={previous}
            onNext={next}
            onTogglePage={() => setPage(!isPage)}
            onClose={close}
          />
        </section>
      )}
    </div>
  );
}

/** The open row: the selected span's, else the first of the trace. */
function position(rows: readonly SequenceRow[], traceId: string, spanId: string | null): number {
  const exact = rows.findIndex((row) => row.traceId === traceId && row.spanId === spanId);
  return exact >= 0 ? exact : rows.findIndex((row) => row.traceId === traceId);
}
