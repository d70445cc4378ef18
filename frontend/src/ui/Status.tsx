import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { Badge } from "./Badge";

export type StatusCode = "OK" | "ERROR" | "UNSET";

const words: Record<StatusCode, string> = { OK: "Ok", ERROR: "Error", UNSET: "Unset" };

export function StatusIcon({ code, size = 14 }: { code: StatusCode; size?: number }) {
  if (code === "ERROR") return <CircleAlert size={size} className="shrink-0 text-danger" aria-hidden />;
  if (code === "OK") return <CircleCheck size={size} className="shrink-0 text-success" aria-hidden />;
  return <CircleDashed size={size} className="shrink-0 text-ink-3" aria-hidden />;
}

/** Icon and word in a table cell: errors stand out, the ordinary recedes. */
export function StatusText({ code }: { code: StatusCode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {code === "OK" ? (
        <CircleCheck size={14} className="shrink-0 text-ink-3" aria-hidden />
      ) : (
        <StatusIcon code={code} />
      )}
      <span className={code === "ERROR" ? "text-danger" : "text-ink-3"}>{words[code]}</span>
    </span>
  );
}

export function StatusBadge({ code }: { code: StatusCode }) {
  const tone = code === "ERROR" ? "danger" : code === "OK" ? "success" : "neutral";
  return (
    <Badge tone={tone}>
      <StatusIcon code={code} size={12} />
      {words[code]}
    </Badge>
  );
}
