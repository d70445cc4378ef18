import { RotateCw, TriangleAlert } from "lucide-react";
import { messageOf } from "../lib/apiError";
import { common } from "../text/common";
import { Button } from "./Button";

/** Over what is still shown although the question that was asked last has no answer. */
export function StaleBar({ error, note, onRetry }: { error: Error; note: string; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-2 border-b border-danger-line bg-danger-soft px-3 py-1 text-meta"
    >
      <TriangleAlert size={14} className="shrink-0 text-danger" aria-hidden />
      <p className="min-w-0 grow">
        <span className="font-medium">{messageOf(error)}</span> <span className="text-ink-2">{note}</span>
      </p>
      <Button icon={<RotateCw size={13} aria-hidden />} onPress={onRetry}>
        {common.retry}
      </Button>
    </div>
  );
}

/** That an answer is on its way, once it takes longer than one notices. */
export function PendingLine({ isPending }: { isPending: boolean }) {
  if (!isPending) return null;
  return (
    <div
      aria-hidden
      className="absolute inset-x-0 top-0 z-30 h-0.5 animate-[pulse_1s_ease-in-out_250ms_infinite] bg-accent opacity-0"
    />
  );
}
