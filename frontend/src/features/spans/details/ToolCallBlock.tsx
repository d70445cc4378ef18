import { CornerDownRight, Wrench } from "lucide-react";
import { messageText } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { JsonView } from "../../../ui/json/JsonView";
import { ValueView } from "../../../ui/text/ValueView";
import { argumentPreview, type Message, type ToolCall } from "../model/conversation";
import { record } from "../model/read";

const ONE_LINE = 90;

/** `name(arguments)`, and the result below it where the conversation holds it. */
export function ToolCallBlock({ call, result }: { call: ToolCall; result: Message | undefined }) {
  const short = argumentPreview(call.arguments);
  const isShort = short.length <= ONE_LINE && !short.includes("\n");
  return (
    <div data-kind="tool" className="rounded-control bg-sunken">
      <div className="flex items-start gap-1.5 px-2.5 py-1.5">
        <Wrench size={13} className="mt-[3px] shrink-0 text-kind" aria-hidden />
        <div className="min-w-0 grow font-mono text-code break-words">
          <span className="font-medium text-kind">{call.name}</span>
          {isShort ? (
            <>
              <span className="text-ink-3">(</span>
              {short}
              <span className="text-ink-3">)</span>
            </>
          ) : call.arguments !== null && record(call.arguments) ? (
            <JsonView value={call.arguments} />
          ) : (
            <ValueView text={short} />
          )}
        </div>
        {call.id && (
          <span className="-my-0.5">
            <CopyButton label={messageText.copyCall(call.id)} text={call.id} />
          </span>
        )}
      </div>
      {result && (
        <div className="flex items-start gap-1.5 border-t border-line px-2.5 py-1.5">
          <CornerDownRight size={13} className="mt-[3px] shrink-0 text-ink-3" aria-label={messageText.result} />
          <div className="min-w-0 grow">
            {result.parts.map((part, index) => part.type === "text" && <ValueView key={index} text={part.text} />)}
          </div>
        </div>
      )}
    </div>
  );
}
