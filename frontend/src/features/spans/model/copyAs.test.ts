import { describe, expect, it } from "vitest";
import { callSnippet, readingSnippet } from "./copyAs";
import { readConversation } from "./conversation";

const where = { endpoint: "http://localhost:6006", project: "it's mine", spanId: "abc", hasKeys: false };

describe("a span as a program", () => {
  it("asks for it by its id, whatever the project is called", () => {
    expect(readingSnippet("curl", where)).toBe(
      String.raw`curl 'http://localhost:6006/v1/projects/it'\''s%20mine/spans?span_id=abc'`,
    );
    expect(readingSnippet("python", where)).toContain(`project_identifier="it's mine", span_ids=["abc"]`);
    expect(readingSnippet("java", { ...where, hasKeys: true })).toContain('getenv("PHOENIX_API_KEY")');
  });

  it("makes the model call again, with its tools, calls and parameters", () => {
    const conversation = readConversation({
      llm: {
        invocation_parameters: '{"temperature": 0.2}',
        input_messages: [
          { message: { role: "user", content: "it's hot?" } },
          {
            message: {
              role: "assistant",
              tool_calls: [{ tool_call: { id: "c1", function: { name: "weather", arguments: '{"city":"Oslo"}' } } }],
            },
          },
          { message: { role: "tool", tool_call_id: "c1", content: "30 °C" } },
        ],
      },
    });
    const snippet = callSnippet("gpt-5", conversation);
    const quote = snippet.indexOf("-d '") + 4;
    expect(JSON.parse(snippet.slice(quote, -1).replaceAll(String.raw`'\''`, "'"))).toEqual({
      temperature: 0.2,
      model: "gpt-5",
      messages: [
        { role: "user", content: "it's hot?" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
        },
        { role: "tool", content: "30 °C", tool_call_id: "c1" },
      ],
    });
  });
});
