import { parseAttributes } from "./read";
import { preview, readConversation, type Message } from "./conversation";
import { anyText, at, opened } from "./read";
import type { Json } from "../../../lib/json";

/** A span of the conversation, as the server gives it. */
export type Source = {
  readonly id: string;
  readonly name: string;
  readonly spanKind: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly attributes: string;
  readonly input: { readonly value: string } | null | undefined;
  readonly output: { readonly value: string } | null | undefined;
};

export type Turn<S extends Source = Source> =
  | {
      type: "call";
      span: S;
      /** What this call was given that no call before it had been given. */
      said: Message[];
      answered: Message[];
      /** Plain values, where the sender recorded no messages. */
      plain: { input: string | null; output: string | null } | null;
    }
  | { type: "tool"; span: S; arguments: Json | null; result: string | null };

/**
 * A trace told as one conversation: every call repeats what was said before it, so each message is shown once, with the
 * first call that has it; a tool's answer stands with the tool.
 */
export function transcript<S extends Source>(spans: readonly S[]): Turn<S>[] {
  const seen = new Set<string>();
  const results = new Set<string>();
  const isNew = (message: Message) => {
    const key = keyOf(message);
    return !seen.has(key) && Boolean(seen.add(key));
  };
  return spans.map((span): Turn<S> => {
    const attributes = parseAttributes(span.attributes) ?? {};
    if (span.spanKind === "tool") {
      const result = span.output?.value ?? null;
      if (result !== null) results.add(squeezed(result));
      const given = opened(at(attributes, "tool.parameters")) ?? null;
      return { type: "tool", span, arguments: opened(span.input?.value) ?? given, result };
    }
    const { input, output, prompts } = readConversation(attributes);
    const hasMessages = input.length + output.length + prompts.length > 0;
    const said = input
      .filter((message) => isNew(message))
      .filter((message) => !message.toolCallId || !results.has(squeezed(textOf(message))));
    const answered = output.filter((message) => isNew(message) || output.length === 1);
    return {
      type: "call",
      span,
      said,
      answered,
      plain: hasMessages ? null : { input: span.input?.value ?? null, output: span.output?.value ?? null },
    };
  });
}

function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}

/** Two messages are one if who said it and all of what was said are the same. */
function keyOf(message: Message): string {
  const calls = message.parts.filter(({ type }) => type !== "text");
  return `${message.role}\n${squeezed(textOf(message))}\n${calls.length > 0 ? preview({ ...message, parts: calls }) : ""}`;
}

/** Senders break lines and indent JSON differently from call to call. */
function squeezed(text: string): string {
  return (anyText(opened(text)) ?? text).replace(/\s+/g, " ").trim();
}
