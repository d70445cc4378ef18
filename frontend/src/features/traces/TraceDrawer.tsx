import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { useShortcuts } from "../../lib/shortcuts";
import { tracePath, withoutSelection, withSearch } from "../../lib/urlState";
import { traceText } from "../../text/trace";
import { Drawer } from "../../ui/Drawer";
import { useProject } from "../projects/ProjectContext";
import { useRowSequence, type SequenceRow } from "./rowSequence";
import { TracePanel } from "./TracePanel";

const DEFAULT_SHARE = 0.76;
const MIN_WIDTH = 560;

/** Over the table, which stays usable; or, expanded, the whole page. Escape goes one step back. */
export function TraceDrawer() {
  const { traceId = "" } = useParams();
  const { pathname } = useLocation();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const project = useProject();

  const tab = pathname.split("/")[3] === "traces" ? "traces" : "spans";
  const isPage = params.get("view") === "page";

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
    { keys: "j", label: traceText.nextRow, group: traceText.group, run: () => next?.() },
    { keys: "k", label: traceText.previousRow, group: traceText.group, run: () => previous?.() },
    {
      keys: "f",
      label: isPage ? traceText.beside : traceText.page,
      group: traceText.group,
      run: () => setPage(!isPageInAddress()),
    },
    {
      keys: "esc",
      label: traceText.back,
      group: traceText.group,
      run: () => (isPageInAddress() ? setPage(false) : close()),
    },
  ]);

  return (
    <Drawer
      id="trace"
      label={traceText.title}
      resizeLabel={traceText.resize}
      initialShare={DEFAULT_SHARE}
      minWidth={MIN_WIDTH}
      isFull={isPage}
    >
      {(covers) => (
        <TracePanel
          key={traceId}
          traceId={traceId}
          isPage={isPage || covers}
          canShrink={!covers}
          onPrevious={previous}
          onNext={next}
          onTogglePage={() => setPage(!isPageInAddress())}
          onClose={close}
        />
      )}
    </Drawer>
  );
}

/** By the address: the next key may come before the page has followed the last one. */
function isPageInAddress(): boolean {
  return new URLSearchParams(window.location.search).get("view") === "page";
}

/** The open row: the selected span's, else the first of the trace. */
function position(rows: readonly SequenceRow[], traceId: string, spanId: string | null): number {
  const exact = rows.findIndex((row) => row.traceId === traceId && row.spanId === spanId);
  return exact >= 0 ? exact : rows.findIndex((row) => row.traceId === traceId);
}
