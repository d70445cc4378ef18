import { CloudOff, RotateCw, Timer } from "lucide-react";
import { useOutage, useSlowRequests, wake } from "../../lib/connection";
import { shell } from "../../text/shell";
import { Button } from "../../ui/Button";

/** While the server is away: what is on the page is from before, and the page goes on asking. */
export function ConnectionBar() {
  const outage = useOutage();
  if (!outage) return null;
  const since = new Date(outage.since).toLocaleTimeString(undefined, { hourCycle: "h23" });
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-2 border-t border-line bg-warning-soft px-4 py-1.5 text-meta"
    >
      <CloudOff size={14} className="shrink-0 text-warning" aria-hidden />
      <span className="grow" title={outage.error.detail}>
        {outage.error.message} {shell.outage.shown(since)}
      </span>
      <Button icon={<RotateCw size={14} aria-hidden />} onPress={wake}>
        {shell.outage.retry}
      </Button>
    </div>
  );
}

/** Beside the page's controls, while an answer is late. */
export function SlowMark() {
  const count = useSlowRequests();
  return (
    <span role="status" className="flex items-center gap-1.5 text-meta whitespace-nowrap text-ink-3">
      {count > 0 && (
        <>
          <Timer size={13} aria-hidden />
          <span className="max-stack:sr-only">{shell.slow}</span>
        </>
      )}
    </span>
  );
}
