import { CloudOff, FileQuestion, RotateCw, TriangleAlert } from "lucide-react";
import { ApiError } from "../lib/apiError";
import { common } from "../text/common";
import { errorsText } from "../text/errors";
import { Button } from "./Button";

/** What happened, what to do, and the detail for those who want it. */
export function ErrorState({
  error,
  onRetry,
  compact = false,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
  compact?: boolean;
}) {
  const api = error instanceof ApiError ? error : null;
  const message = api?.message ?? errorsText.show;
  const detail = api?.detail ?? (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const Icon = api?.kind === "unreachable" ? CloudOff : api?.kind === "not-found" ? FileQuestion : TriangleAlert;
  // What another version of the page has, this one will not get.
  const mustReload = api?.kind === "outdated";
  const again = mustReload ? () => window.location.reload() : onRetry;
  const retry = again && (
    <Button icon={<RotateCw size={14} />} onPress={again}>
      {mustReload ? common.reload : common.retry}
    </Button>
  );
  if (compact) {
    return (
      <div role="alert" className="flex items-center gap-2 px-4 py-3 text-meta text-ink-2">
        <Icon size={14} className="shrink-0 text-danger" aria-hidden />
        <span title={detail}>{message}</span>
        {retry}
      </div>
    );
  }
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      <Icon size={28} strokeWidth={1.5} className="mb-1 text-danger" aria-hidden />
      <h2 className="text-section font-semibold">{message}</h2>
      {detail && detail !== message && (
        <details className="max-w-150 text-meta text-ink-3">
          <summary className="cursor-default rounded-control">{errorsText.detail}</summary>
          <pre className="mt-2 max-h-60 overflow-auto rounded-surface bg-sunken p-3 text-left text-code whitespace-pre-wrap text-ink-2">
            {detail}
          </pre>
        </details>
      )}
      {retry && <div className="mt-2">{retry}</div>}
    </div>
  );
}
