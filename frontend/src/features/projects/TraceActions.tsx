import { Download, FolderInput, Trash2 } from "lucide-react";
import { useState } from "react";
import { lazily } from "../../lib/code";
import { usePermissions } from "../../lib/viewer";
import { downloadText } from "../../text/download";
import { removalText } from "../../text/removal";
import { Button } from "../../ui/Button";
import { Opening } from "../../ui/Opening";
import type { PickedSpan } from "./download/exportSpans";

const DownloadSpans = lazily(async () => (await import("./download/DownloadSpans")).DownloadSpans);
const MoveTraces = lazily(async () => (await import("./MoveTraces")).MoveTraces);
const DeleteTraces = lazily(async () => (await import("./DeleteTraces")).DeleteTraces);

/** A row as what was sent. */
export type Origin = {
  /** Its trace, by the server's id and by OpenTelemetry's. */
  trace: { id: string; traceId: string };
  /** The span, where the row is one. */
  spanId?: string;
};

/** What can be done with the traces of picked rows, each of them once. */
export function TraceActions({ rows, onDone }: { rows: readonly Origin[]; onDone: () => void }) {
  const { canWrite } = usePermissions();
  const [open, setOpen] = useState<"download" | "move" | "delete" | null>(null);
  const traces = [...new Map(rows.map(({ trace }) => [trace.id, trace])).values()];
  const ids = traces.map(({ id }) => id);
  const close = () => setOpen(null);
  return (
    <>
      <Button look="quiet" icon={<Download size={14} aria-hidden />} onPress={() => setOpen("download")}>
        {downloadText.action}
      </Button>
      {canWrite && (
        <>
          <Button look="quiet" icon={<FolderInput size={14} aria-hidden />} onPress={() => setOpen("move")}>
            {removalText.move}
          </Button>
          <Button look="quiet" icon={<Trash2 size={14} aria-hidden />} onPress={() => setOpen("delete")}>
            {removalText.remove}
          </Button>
        </>
      )}
      {open && (
        <Opening onClose={close}>
          {open === "download" && (
            <DownloadSpans traces={traces.map(({ traceId }) => traceId)} spans={spansOf(rows)} onClose={close} />
          )}
          {open === "move" && <MoveTraces ids={ids} onDone={onDone} onClose={close} />}
          {open === "delete" && <DeleteTraces ids={ids} onDone={onDone} onClose={close} />}
        </Opening>
      )}
    </>
  );
}

function spansOf(rows: readonly Origin[]): PickedSpan[] | null {
  const spans = rows.flatMap(({ trace: { traceId }, spanId }) => (spanId === undefined ? [] : [{ traceId, spanId }]));
  return spans.length > 0 ? spans : null;
}
