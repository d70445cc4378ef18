import type { Json } from "../../../lib/json";
import type { Conversation, Message } from "./conversation";
import { record } from "./read";

export type Where = { endpoint: string; project: string; spanId: string; hasKeys: boolean };

export type Format = "curl" | "python" | "java";

/** A program that reads this span from the server. */
export function readingSnippet(format: Format, { endpoint, project, spanId, hasKeys }: Where): string {
  const url = `${endpoint}/v1/projects/${encodeURIComponent(project)}/spans?span_id=${encodeURIComponent(spanId)}`;
  switch (format) {
    case "curl":
      return `curl ${shell(url)}${hasKeys ? ' \\\n  -H "Authorization: Bearer $PHOENIX_API_KEY"' : ""}`;
    case "python":
      return `from phoenix.client import Client

client = Client(base_url=${json(endpoint)})
spans = client.spans.get_spans(project_identifier=${json(project)}, span_ids=[${json(spanId)}])
print(spans[0])`;
    case "java":
      return `var request = HttpRequest.newBuilder(URI.create(${json(url)}))
${hasKeys ? '        .header("Authorization", "Bearer " + System.getenv("PHOENIX_API_KEY"))\n' : ""}        .build();
try (var http = HttpClient.newHttpClient()) {
    System.out.println(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
}`;
  }
}

/** The model call as a request of the OpenAI chat API, which most providers take. */
export function callSnippet(model: string, conversation: Conversation): string {
  const parameters = record(conversation.parameters ?? undefined) ?? {};
  const body: { [key: string]: Json } = {
    ...parameters,
    model,
    messages: conversation.input.map(toChatMessage),
    ...(conversation.tools.length > 0 ? { tools: conversation.tools.map(({ schema }) => schema) } : {}),
  };
  return `curl "\${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${shell(JSON.stringify(body, null, 2))}`;
}

function toChatMessage(message: Message): Json {
  const calls = message.parts.flatMap((part) => (part.type === "call" ? [part.call] : []));
  const contents = message.parts.flatMap((part): { [key: string]: Json }[] => {
    if (part.type === "text") return [{ type: "text", text: part.text }];
    return part.type === "image" ? [{ type: "image_url", image_url: { url: part.url } }] : [];
  });
  const texts = contents.map(({ text }) => text);
  const isText = contents.every(({ type }) => type === "text");
  return {
    role: message.role,
    content: contents.length === 0 ? null : isText ? texts.join("\n\n") : contents,
    ...(message.toolCallId ? { tool_call_id: message.toolCallId } : {}),
    ...(calls.length > 0
      ? {
          tool_calls: calls.map((call) => ({
            id: call.id,
            type: "function",
            function: {
              name: call.name,
              arguments: typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments ?? {}),
            },
          })),
        }
      : {}),
  };
}

/** Nothing in single quotes is special to a shell but the quote itself. */
function shell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function json(text: string): string {
  return JSON.stringify(text);
}
