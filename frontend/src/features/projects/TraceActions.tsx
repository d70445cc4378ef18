import { FolderInput, Trash2 } from "lucide-react";
import { useState } from "react";
import { lazily } from "../../lib/code";
import { usePermissions } from "../../lib/viewer";
import { removalText } from "../../text/removal";
import { Button } from "../../ui/Button";
import { Opening } from "../../ui/Opening";

const MoveTraces = lazily(async () => (await import("./MoveTraces")).MoveTraces);
const DeleteTraces = lazily(async () => (await import("./DeleteTraces")).DeleteTraces);

/** What can be done with the traces of picked rows, each of them once. */
export function TraceActions({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const { canWrite } = usePermissions();
  const [open, setOpen] = useState<"move" | "delete" | null>(null);
  if (!canWrite) return null;
  const traces = [...new Set(ids)];
  const close = () => setOpen(null);
  return (
    <>
      <Button look="quiet" icon={<FolderInput size={14} aria-hidden />} onPress={() => setOpen("move")}>
        {removalText.move}
      </Button>
      <Button look="quiet" icon={<Trash2 size={14} aria-hidden />} onPress={() => setOpen("delete")}>
        {removalText.remove}
      </Button>
      {open && (
        <Opening onClose={close}>
          {open === "move" && <MoveTraces ids={traces} onDone={onDone} onClose={close} />}
          {open === "delete" && <DeleteTraces ids={traces} onDone={onDone} onClose={close} />}
        </Opening>
      )}
    </>
  );
}
