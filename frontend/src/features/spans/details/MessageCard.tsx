import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cx } from "../../../lib/cx";
import { messageText as words } from "../../../text/span";
import { common } from "../../../text/common";
import { CopyButton } from "../../../ui/CopyButton";
import { JsonView } from "../../../ui/json/JsonView";
import { ValueView } from "../../../ui/text/ValueView";
import { preview, type Message, type Part } from "../model/conversation";
import { REDACTED } from "../model/read";
import { MessageAudio } from "./MessageAudio";
import { MessageImage } from "./MessageImage";
import { Redacted } from "./Redacted";
import { ToolCallBlock } from "./ToolCallBlock";

/** Roles borrow the hue of what they come from. */
const roleKind: Record<string, string> = {
  assistant: "llm",
  model: "llm",
  ai: "llm",
  tool: "tool",
  function: "tool",
  user: "agent",
  human: "agent",
};

export function MessageCard({
  message,
  results,
  isInitiallyOpen,
}: {
  message: Message;
  results: Map<string, Message>;
  isInitiallyOpen: boolean;
}) {
  const summary = preview(message);
  // Without a line to show while folded there is nothing to unfold from.
  const [isOpen, setOpen] = useState(isInitiallyOpen || summary === "");
  const role = message.role.slice(0, 1).toUpperCase() + message.role.slice(1);
  return (
    <article
      aria-label={words.message(role)}
      data-kind={roleKind[message.role.toLowerCase()] ?? "unknown"}
      className="group/message rounded-l-[3px] rounded-r-surface border border-l-[3px] border-line border-l-kind-bar"
    >
      <header className="flex h-7 items-center pr-1">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-full min-w-0 grow cursor-default items-center gap-1.5 pr-2 pl-3 text-left text-meta"
        >
          <ChevronRight size={12} className={cx("shrink-0 text-ink-3 transition-transform", isOpen && "rotate-90")} />
          <span className="shrink-0 font-medium text-kind">{role}</span>
          {message.name && <span className="shrink-0 text-ink-3">{message.name}</span>}
          {!isOpen && <span className="min-w-0 truncate text-ink-3">{summary}</span>}
        </button>
        <span className="opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100">
          <CopyButton label={words.copy} text={() => plainText(message)} />
        </span>
      </header>
      {isOpen && (
        <div className="flex flex-col gap-2 px-3 pb-2.5 pl-[30px]">
          {message.parts.map((part, index) => (
            <PartView key={index} part={part} results={results} />
          ))}
          {message.parts.length === 0 && <p className="text-meta text-ink-3">{common.empty}</p>}
        </div>
      )}
    </article>
  );
}

function PartView({ part, results }: { part: Part; results: Map<string, Message> }) {
  switch (part.type) {
    case "text":
      return part.text === REDACTED ? <Redacted /> : <ValueView text={part.text} />;
    case "reasoning":
      return (
        <div className="border-l-2 border-line-strong pl-3 text-ink-2">
          <p className="text-label text-ink-3">{words.reasoning}</p>
          <ValueView text={part.text} />
        </div>
      );
    case "image":
      return <MessageImage url={part.url} />;
    case "audio":
      return <MessageAudio url={part.url} transcript={part.transcript} />;
    case "call":
      return <ToolCallBlock call={part.call} result={part.call.id ? results.get(part.call.id) : undefined} />;
    case "other":
      return <JsonView value={part.value} />;
  }
}

function plainText(message: Message): string {
  const texts = message.parts.map((part) => {
    switch (part.type) {
      case "text":
      case "reasoning":
        return part.text;
      case "image":
      case "audio":
        return part.url;
      case "call":
        return JSON.stringify({ name: part.call.name, arguments: part.call.arguments }, null, 2);
      case "other":
        return JSON.stringify(part.value, null, 2);
    }
  });
  return texts.join("\n\n");
}
