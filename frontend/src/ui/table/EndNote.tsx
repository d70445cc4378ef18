import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { messageOf } from "../../lib/apiError";
import { common } from "../../text/common";
import { tableText } from "../../text/table";
import { Button } from "../Button";

/** Below the last row: that this is all, or why the next ones are not there. */
export function EndNote({
  children,
  failure = null,
  onRetry,
}: {
  children?: ReactNode;
  failure?: Error | null;
  onRetry?: () => void;
}) {
  if (failure) {
    return (
      <p role="alert" className="sticky left-0 flex flex-wrap items-center justify-center gap-2 py-2 text-meta">
        <TriangleAlert size={14} className="shrink-0 text-danger" aria-hidden />
        <span>
          {tableText.noMore} <span className="text-ink-2">{messageOf(failure)}</span>
        </span>
        {onRetry && (
          <Button icon={<RotateCw size={13} aria-hidden />} onPress={onRetry}>
            {common.retry}
          </Button>
        )}
      </p>
    );
  }
  return <p className="py-3 text-center text-label text-ink-3">{children}</p>;
}
