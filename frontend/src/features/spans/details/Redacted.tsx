import { EyeOff } from "lucide-react";
import { messageText } from "../../../text/span";

/** The sender replaced the content before it left the application. */
export function Redacted({ what = messageText.content }: { what?: string }) {
  return (
    <p className="flex items-center gap-2 text-meta text-ink-3">
      <EyeOff size={14} aria-hidden />
      {messageText.hidden(what)}
    </p>
  );
}
