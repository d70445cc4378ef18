import { describe, expect, it } from "vitest";
import type { Json } from "../../../lib/json";
import { preview, readConversation, resultsByCall } from "./conversation";
import type { Attributes } from "./read";

const read = (llm: Json) => readConversation({ llm });
const messages = (value: Json) => read({ input_messages: value }).input;

describe("a conversation", () => {
  const conversation = read({
    input_messages: [
      { message: { role: "system", content: "Be brief." } },
      { message: { role: "user", content: "Weather in Oslo?" } },
      {
        message: {
          role: "assistant",
          tool_calls: [{ tool_call: { id: "c1", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } } }],
        },
      },
      { message: { role: "tool", tool_call_id: "c1", name: "get_weather", content: '{"t": 3}' } },
    ],
    output_messages: [{ message: { role: "assistant", content: "3 °C." } }],
    tools: [{ tool: { json_schema: '{"type":"function","function":{"name":"get_weather","description":"Now"}}' } }],
    invocation_parameters: '{"temperature":0.2}',
    prompt_template: { template: "Weather in {city}?", variables: '{"city":"Oslo"}', version: "v3" },
  });

  it("is read whole", () => {
    expect(conversation).toEqual({
      input: [
        { role: "system", name: null, toolCallId: null, parts: [{ type: "text", text: "Be brief." }] },
        { role: "user", name: null, toolCallId: null, parts: [{ type: "text", text: "Weather in Oslo?" }] },
        {
          role: "assistant",
          name: null,
          toolCallId: null,
          parts: [{ type: "call", call: { id: "c1", name: "get_weather", arguments: { city: "Oslo" } } }],
        },
        { role: "tool", name: "get_weather", toolCallId: "c1", parts: [{ type: "text", text: '{"t": 3}' }] },
      ],
      output: [{ role: "assistant", name: null, toolCallId: null, parts: [{ type: "text", text: "3 °C." }] }],
      tools: [
        {
          name: "get_weather",
          description: "Now",
          schema: { type: "function", function: { name: "get_weather", description: "Now" } },
        },
      ],
      prompts: [],
      template: { text: "Weather in {city}?", variables: { city: "Oslo" }, version: "v3" },
      parameters: { temperature: 0.2 },
    });
  });

  it("finds the result of a call", () => {
    expect(resultsByCall(conversation.input).get("c1")?.parts).toEqual([{ type: "text", text: '{"t": 3}' }]);
  });

  it("previews each message on a line", () => {
    expect(conversation.input.map(preview)).toEqual([
      "Be brief.",
      "Weather in Oslo?",
      'get_weather(city: "Oslo")',
      '{"t": 3}',
    ]);
  });
});

describe("parts of a message", () => {
  it.each<[string, Json, unknown]>([
    ["text", { message_content: { type: "text", text: "hi" } }, [{ type: "text", text: "hi" }]],
    ["reasoning", { message_content: { type: "reasoning", text: "so" } }, [{ type: "reasoning", text: "so" }]],
    [
      "an image",
      { message_content: { type: "image", image: { image: { url: "data:x" } } } },
      [{ type: "image", url: "data:x" }],
    ],
    [
      "a tool call among the contents",
      { tool_call: { id: "t", function: { name: "f", arguments: {} } } },
      [{ type: "call", call: { id: "t", name: "f", arguments: {} } }],
    ],
    ["only a mark", { message_content: { type: "reasoning", id: "rs_1" } }, []],
    [
      "a recording by its address",
      { message_content: { type: "audio", audio: { audio: { url: "u", transcript: "hello" } } } },
      [{ type: "audio", url: "u", transcript: "hello" }],
    ],
    [
      "a recording itself",
      { message_content: { type: "input_audio", input_audio: { data: "UklG", format: "mp3" } } },
      [{ type: "audio", url: "data:audio/mp3;base64,UklG", transcript: null }],
    ],
    [
      "something unknown",
      { message_content: { type: "file", file: { id: "f" } } },
      [{ type: "other", value: { type: "file", file: { id: "f" } } }],
    ],
    ["nothing", null, []],
  ])("%s", (_, content, parts) => {
    expect(messages([{ message: { role: "user", contents: [content] } }])[0]?.parts).toEqual(parts);
  });

  it("reads the legacy function call only with a name", () => {
    const [named, bare] = messages([
      { message: { role: "assistant", function_call_name: "f", function_call_arguments_json: '{"a":1}' } },
      { message: { role: "assistant", function_call_arguments_json: "{}" } },
    ]);
    expect(named?.parts).toEqual([{ type: "call", call: { id: null, name: "f", arguments: { a: 1 } } }]);
    expect(bare?.parts).toEqual([]);
  });

  it("unquotes text that is one JSON string", () => {
    expect(messages([{ message: { content: '"line\\nbreak"' } }])[0]?.parts).toEqual([
      { type: "text", text: "line\nbreak" },
    ]);
  });
});

describe("wrong shapes", () => {
  it.each<[string, Json]>([
    ["text instead of a list", "none"],
    ["a number", 3],
    ["null", null],
    ["an object", { message: { role: "user" } }],
    ["members that are not messages", ["x", 1, null, [], true]],
  ])("%s has no messages", (_, value) => expect(messages(value)).toEqual([]));

  it("takes a list that arrived with numbers for keys, in their order", () => {
    const value = { "10": { message: { content: "b" } }, "2": { message: { content: "a" } } };
    expect(messages(value).map(preview)).toEqual(["a", "b"]);
  });

  it("takes messages without the wrapper, and content that is a structure", () => {
    expect(messages([{ role: "user", content: { q: 1 } }])[0]?.parts).toEqual([
      { type: "text", text: '{\n  "q": 1\n}' },
    ]);
  });

  it("takes a tool schema given as an object", () => {
    expect(read({ tools: [{ tool: { json_schema: { name: "f" } } }] }).tools).toEqual([
      { name: "f", description: null, schema: { name: "f" } },
    ]);
  });

  it("never throws, whatever stands at any place", () => {
    const odd: Json[] = [null, 0, "", "x", true, [], [null], {}, { "0": null }, { message: [] }, [[["deep"]]]];
    const conversations = odd.flatMap(everywhere).map(readConversation);
    expect(conversations.flatMap(({ input, output }) => [...input, ...output]).map(preview)).not.toContain(undefined);
  });
});

/** The value at every place a sender may get wrong. */
function everywhere(value: Json): Attributes[] {
  return [
    { llm: value },
    { llm: { input_messages: value, output_messages: value, tools: value, prompts: value } },
    { llm: { input_messages: [value], output_messages: [{ message: value }] } },
    { llm: { input_messages: [{ message: { role: value, content: value, contents: value, tool_calls: value } }] } },
    { llm: { input_messages: [{ message: { contents: [value], tool_calls: [value] } }] } },
    { llm: { input_messages: [{ message: { contents: [{ message_content: value, tool_call: value }] } }] } },
    { llm: { prompt_template: value, invocation_parameters: value, tools: [{ tool: value }] } },
    { llm: { prompt_template: { template: value, variables: value, version: value } } },
  ];
}
