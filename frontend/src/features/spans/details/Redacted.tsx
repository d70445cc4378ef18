import { EyeOff } from "lucide-react";

/** The sender replaced the content before it left the application. */
export function Redacted({ what = "This content" }: { what?: string }) {
  return (
    <p className="flex items-center gap-2 text-meta text-ink-3">
      <EyeOff size={14} aria-hidden />
      {what} was hidden by the sender (an OPENINFERENCE_HIDE setting).
    </p>
  );
}
