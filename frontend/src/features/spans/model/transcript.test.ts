import { describe, expect, it } from "vitest";
import type { Json } from "../../../lib/json";
import { transcript, type Source } from "./transcript";

const system = { role: "system", content: "Be kind." };
const question = { role: "user", content: "Where is my order?" };
const call = {
  role: "assistant",
  tool_calls: [{ tool_call: { id: "c1", function: { name: "find", arguments: '{"order": 1}' } } }],
};
const result = { role: "tool", tool_call_id: "c1", content: '{"state": "sent"}' };
const answer = { role: "assistant", content: "It was sent." };

const wrap = (messages: Json[]) => messages.map((message) => ({ message }));
const span = (spanKind: string, attributes: Json, more: Partial<Source> = {}): Source => ({
  id: "S",
  name: "span",
  spanKind,
  statusCode: "OK",
  statusMessage: "",
  attributes: JSON.stringify(attributes),
  input: null,
  output: null,
  ...more,
});
const llm = (input: Json[], output: Json[]) =>
  span("llm", { llm: { input_messages: wrap(input), output_messages: wrap(output) } });

const outline = (spans: Source[]) =>
  transcript(spans).map((turn) =>
    turn.type === "tool"
      ? `tool → ${turn.result}`
      : `${turn.said.map(({ role }) => role).join(" ")} → ${turn.answered.map(({ role }) => role).join(" ")}`,
  );

describe("a trace as a conversation", () => {
  it("shows every message once, and a tool's answer with the tool", () => {
    const tool = span("tool", {}, { input: { value: '{"order": 1}' }, output: { value: '{ "state": "sent" }' } });
    expect(outline([llm([system, question], [call]), tool, llm([system, question, call, result], [answer])])).toEqual([
      "system user → assistant",
      'tool → { "state": "sent" }',
      " → assistant",
    ]);
  });

  it("keeps a tool's answer that no span tells", () => {
    expect(outline([llm([question], [call]), llm([question, call, result], [answer])])).toEqual([
      "user → assistant",
      "tool → assistant",
    ]);
  });

  it("falls back on plain values, and takes attributes of any shape", () => {
    expect(transcript([span("llm", [], { input: { value: "in" } })])).toMatchObject([
      { type: "call", said: [], answered: [], plain: { input: "in", output: null } },
    ]);
    expect(transcript([{ ...span("llm", {}), attributes: "broken {" }])).toMatchObject([{ type: "call" }]);
  });

  it("does not swallow an answer that was given before in the same words", () => {
    expect(outline([llm([question], [answer]), llm([question, answer, question], [answer])])).toEqual([
      "user → assistant",
      " → assistant",
    ]);
  });
});
