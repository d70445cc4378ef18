import { useState } from "react";
import { messageText as words } from "../../../text/span";
import { Button } from "../../../ui/Button";
import { resultsByCall, type Message } from "../model/conversation";
import { MessageCard } from "./MessageCard";

const SHORT = 400;
/** Of a long conversation the end is read first. */
const SHOWN = 6;
const FEW_MORE = 2;

/**
 * A conversation. The system message is folded, the last one open, short ones too. A tool's answer stands with the call it
 * answers, not again as a message of its own.
 */
export function MessageList({
  messages,
  openLast,
  results = resultsByCall(messages),
}: {
  messages: Message[];
  openLast: boolean;
  results?: Map<string, Message>;
}) {
  const called = new Set(
    messages.flatMap((message) =>
      message.parts.flatMap((part) => (part.type === "call" && part.call.id ? [part.call.id] : [])),
    ),
  );
  const shown = messages.filter((message) => !message.toolCallId || !called.has(message.toolCallId));
  const lastUser = shown.findLastIndex((message) => message.role === "user");
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole || shown.length <= SHOWN + FEW_MORE ? 0 : shown.length - SHOWN;
  return (
    <ol className="flex flex-col gap-2">
      {hidden > 0 && (
        <li>
          <Button look="quiet" onPress={() => setWhole(true)} className="w-full">
            {words.earlier(hidden)}
          </Button>
        </li>
      )}
      {shown.map(
        (message, index) =>
          index >= hidden && (
            <li key={index}>
              <MessageCard
                message={message}
                results={results}
                isInitiallyOpen={
                  (openLast && index === shown.length - 1) ||
                  index === lastUser ||
                  (message.role !== "system" && message.role !== "developer" && length(message) <= SHORT)
                }
              />
            </li>
          ),
      )}
    </ol>
  );
}

function length(message: Message): number {
  return message.parts.reduce((sum, part) => sum + (part.type === "text" ? part.text.length : 0), 0);
}
