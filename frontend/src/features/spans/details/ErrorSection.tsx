import { CircleAlert } from "lucide-react";
import { spanText } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { readFailure } from "../model/failure";
import type { SpanNode } from "./SpanDetails";
import { StackTrace } from "./StackTrace";

/** The exception comes first: who opens a failing span came for it. */
export function ErrorSection({ span }: { span: SpanNode }) {
  const failure = readFailure(span.statusCode === "ERROR" ? span.statusMessage : "", span.events);
  if (!failure) {
    if (span.statusCode !== "ERROR") return null;
    return (
      <section className="flex gap-2.5 border-b border-danger-line bg-danger-soft px-4 py-3 text-meta">
        <CircleAlert size={15} className="mt-0.5 shrink-0 text-danger" aria-hidden />
        <p>{spanText.failedWithoutReason}</p>
      </section>
    );
  }
  return (
    <section
      aria-label={spanText.error}
      className="flex flex-col gap-2 border-b border-danger-line bg-danger-soft px-4 py-3"
    >
      <header className="flex items-start gap-2.5">
        <CircleAlert size={15} className="mt-[3px] shrink-0 text-danger" aria-hidden />
        <div className="min-w-0 grow">
          <h4 className="font-semibold break-words text-danger">{failure.type ?? spanText.error}</h4>
          <p className="text-body break-words whitespace-pre-wrap">{failure.message}</p>
        </div>
        <CopyButton
          label={spanText.copyError}
          text={[failure.type, failure.message, failure.stack].filter(Boolean).join("\n")}
        />
      </header>
      {failure.stack && <StackTrace text={failure.stack} />}
    </section>
  );
}
