import type { Json } from "../../../lib/json";
import { anyText, at, list, opened, record, REDACTED, text, type Attributes } from "./read";

export type Part =
  | { type: "text"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "image"; url: string }
  | { type: "audio"; url: string; transcript: string | null }
  | { type: "call"; call: ToolCall }
  /** A part of a kind this view does not know, shown as it came. */
  | { type: "other"; value: Json };

export type ToolCall = { id: string | null; name: string; arguments: Json | null };

export type Message = {
  role: string;
  name: string | null;
  parts: Part[];
  /** Set on the message that carries the result of a tool call. */
  toolCallId: string | null;
};

export type Tool = { name: string; description: string | null; schema: Json };

export type Conversation = {
  input: Message[];
  output: Message[];
  tools: Tool[];
  prompts: string[];
  template: { text: string; variables: Json | null; version: string | null } | null;
  parameters: Json | null;
};

export function readConversation(attributes: Attributes): Conversation {
  const llm = attributes.llm;
  const template = anyText(at(llm, "prompt_template.template"));
  return {
    input: readMessages(at(llm, "input_messages")),
    output: readMessages(at(llm, "output_messages")),
    tools: list(at(llm, "tools"))
      .map(readTool)
      .filter((tool) => tool !== null),
    prompts: list(at(llm, "prompts"))
      .map((prompt) => anyText(at(prompt, "prompt.text") ?? prompt))
      .filter((prompt) => prompt !== null),
    template: template
      ? {
          text: template,
          variables: opened(at(llm, "prompt_template.variables")),
          version: text(at(llm, "prompt_template.version")),
        }
      : null,
    parameters: readParameters(at(llm, "invocation_parameters")),
  };
}

function readParameters(value: Json | undefined): Json | null {
  const parameters = opened(value);
  const isEmpty = record(parameters ?? undefined) && Object.keys(parameters as object).length === 0;
  return isEmpty ? null : parameters;
}

function readMessages(value: Json | undefined): Message[] {
  return list(value)
    .map((item) => readMessage(at(item, "message") ?? item))
    .filter((message) => message !== null);
}

function readMessage(value: Json): Message | null {
  const message = record(value);
  if (!message) return null;
  return {
    role: text(message.role) ?? "unknown",
    name: text(message.name),
    toolCallId: text(message.tool_call_id),
    parts: [...readContents(message), ...readCalls(message)],
  };
}

function readContents(message: { [key: string]: Json }): Part[] {
  const contents = list(message.contents).flatMap(readPart);
  const content = message.content;
  if (Array.isArray(content)) return [...contents, ...content.flatMap(readPart)];
  const plain = anyText(content);
  return plain === null ? contents : [...contents, { type: "text", text: unquoted(plain) }];
}

function readPart(value: Json): Part[] {
  const item = record(value);
  if (!item) return typeof value === "string" && value ? [{ type: "text", text: value }] : [];
  const call = readCall(at(item, "tool_call"));
  if (call) return [{ type: "call", call }];

  const part = record(item.message_content) ?? item;
  const url = text(at(part, "image.image.url")) ?? text(at(part, "image_url.url")) ?? text(at(part, "image.url"));
  if (url) return [{ type: "image", url }];
  const audio = record(part.audio) ?? record(part.input_audio);
  const sound = readAudio(record(at(audio ?? undefined, "audio")) ?? audio);
  if (sound) return [sound];
  const words = anyText(part.text);
  const isReasoning = part.type === "reasoning" || part.type === "thinking";
  if (words) return [{ type: isReasoning ? "reasoning" : "text", text: words }];
  // Parts with nothing but a type (a reasoning id, a cache mark) say nothing to a reader.
  const hasContent = Object.keys(part).some((key) => !["type", "id", "signature"].includes(key));
  return hasContent ? [{ type: "other", value: part }] : [];
}

/** An address, or the bytes themselves in base 64. */
export function readAudio(audio: { [key: string]: Json } | null): Extract<Part, { type: "audio" }> | null {
  const address = text(audio?.url);
  const data = text(audio?.data);
  const type = text(audio?.mime_type) ?? `audio/${text(audio?.format) ?? "wav"}`;
  const url = address ?? (data === null ? null : data === REDACTED ? REDACTED : `data:${type};base64,${data}`);
  return url === null ? null : { type: "audio", url, transcript: text(audio?.transcript) };
}

function readCalls(message: { [key: string]: Json }): Part[] {
  const calls = list(message.tool_calls).map((item) => readCall(at(item, "tool_call") ?? item));
  const legacyName = text(message.function_call_name);
  const legacy = legacyName
    ? { id: null, name: legacyName, arguments: opened(message.function_call_arguments_json) }
    : null;
  return [...calls, legacy].filter((call) => call !== null).map((call) => ({ type: "call", call }));
}

function readCall(value: Json | undefined): ToolCall | null {
  const name = text(at(value, "function.name"));
  if (!name) return null;
  return { id: text(at(value, "id")), name, arguments: opened(at(value, "function.arguments")) };
}

function readTool(value: Json): Tool | null {
  const schema = opened(at(value, "tool.json_schema") ?? at(value, "json_schema") ?? value);
  if (schema === null) return null;
  const inner = record(at(schema, "function")) ?? record(schema);
  return {
    name: text(inner?.name) ?? "tool",
    description: text(inner?.description),
    schema,
  };
}

/** Text that is one quoted JSON string loses its quotes. */
function unquoted(content: string): string {
  if (!content.startsWith('"') || !content.endsWith('"')) return content;
  const value = opened(content);
  return typeof value === "string" ? value : content;
}

/** Results by the id of the call they answer. */
export function resultsByCall(messages: Message[]): Map<string, Message> {
  return new Map(messages.flatMap((message) => (message.toolCallId ? [[message.toolCallId, message] as const] : [])));
}

/** One line for a folded message: its text, else its calls. */
export function preview(message: Message): string {
  return message.parts
    .map((part) => {
      switch (part.type) {
        case "text":
        case "reasoning":
          return part.text;
        case "image":
          return "[image]";
        case "audio":
          return part.transcript ?? "[audio]";
        case "call":
          return `${part.call.name}(${argumentPreview(part.call.arguments)})`;
        case "other":
          return "[…]";
      }
    })
    .join(" ")
    .replace(/\s+/g, " ")
    .slice(0, 240);
}

export function argumentPreview(value: Json | null): string {
  const fields = record(value ?? undefined);
  if (!fields) return value === null ? "" : String(anyText(value) ?? "");
  return Object.entries(fields)
    .map(([key, item]) => `${key}: ${JSON.stringify(item)}`)
    .join(", ");
}
