import type { SpanSpec, Value } from "./otlp";

type Message = { role: string; content?: string; call?: { id: string; name: string; args: object }; answers?: string };

/** Messages as OpenInference writes them. */
function messages(side: "input" | "output", list: Message[]): Record<string, Value> {
  return Object.assign(
    {},
    ...list.map(({ role, content, call, answers }, index) => {
      const prefix = `llm.${side}_messages.${index}.message`;
      return {
        [`${prefix}.role`]: role,
        ...(content ? { [`${prefix}.content`]: content } : {}),
        ...(answers ? { [`${prefix}.tool_call_id`]: answers } : {}),
        ...(call
          ? {
              [`${prefix}.tool_calls.0.tool_call.id`]: call.id,
              [`${prefix}.tool_calls.0.tool_call.function.name`]: call.name,
              [`${prefix}.tool_calls.0.tool_call.function.arguments`]: JSON.stringify(call.args),
            }
          : {}),
      };
    }),
  );
}

function documents(prefix: string, list: { id: string; content: string; score: number }[]): Record<string, Value> {
  return Object.assign(
    {},
    ...list.map(({ id, content, score }, index) => ({
      [`${prefix}.${index}.document.id`]: id,
      [`${prefix}.${index}.document.content`]: content,
      [`${prefix}.${index}.document.score`]: score,
      [`${prefix}.${index}.document.metadata`]: JSON.stringify({ source: id.split("#")[0] }),
    })),
  );
}

function llm(model: string, prompt: number, completion: number, cached = 0): Record<string, Value> {
  return {
    "llm.model_name": model,
    "llm.provider": "openai",
    "llm.token_count.prompt": prompt,
    "llm.token_count.completion": completion,
    "llm.token_count.total": prompt + completion,
    ...(cached ? { "llm.token_count.prompt_details.cache_read": cached } : {}),
  };
}

const question = "My order 4711 arrived with a broken lamp. Can I get a refund, and how long will it take?";
const system =
  "You are the support assistant of a furniture shop. Answer from the policies you are given, name the policy, and never promise what the order system has not confirmed.";
const policies = [
  {
    id: "policies/damage#2",
    content:
      "Items that arrive damaged are refunded in full when they are reported within 14 days of delivery. A photo is enough; the item does not have to be sent back if it costs less than 80 euros.",
    score: 0.912,
  },
  {
    id: "policies/refunds#1",
    content: "Refunds are paid to the original means of payment within 3 to 5 working days after approval.",
    score: 0.874,
  },
  {
    id: "policies/returns#4",
    content: "Unused items can be returned within 30 days. The customer pays for the parcel.",
    score: 0.655,
  },
];
const order = { order: 4711, item: "Desk lamp Lumi", price: 49.9, currency: "EUR", delivered: "2026-11-17" };
const answer = `Yes. Your **desk lamp Lumi** (order 4711) was delivered on 17 November, so you are within the 14 days of our damage policy:

- You get the full **49.90 €** back.
- Please send a photo; you can keep the lamp, because it costs less than 80 €.
- The money arrives **3 to 5 working days** after approval, on the card you paid with.`;

/** A support question answered by an agent with retrieval and tools: what a real trace looks like. */
export const supportQuestion: SpanSpec = {
  name: "support_agent",
  kind: "AGENT",
  ms: 4180,
  attributes: {
    "input.value": question,
    "output.value": answer,
    "session.id": "session-58213",
    "user.id": "customer-204",
    metadata: JSON.stringify({ channel: "web chat", shop: "eu" }),
  },
  children: [
    {
      name: "check_input",
      kind: "GUARDRAIL",
      at: 12,
      ms: 141,
      attributes: { "input.value": question, "output.value": "pass" },
    },
    {
      name: "plan",
      kind: "LLM",
      at: 160,
      ms: 842,
      attributes: {
        ...llm("gpt-5-mini", 611, 58, 512),
        ...messages("input", [
          { role: "system", content: system },
          { role: "user", content: question },
        ]),
        ...messages("output", [
          { role: "assistant", call: { id: "call_1", name: "find_order", args: { order: 4711 } } },
        ]),
      },
    },
    {
      name: "find_order",
      kind: "TOOL",
      at: 1010,
      ms: 188,
      attributes: {
        "tool.name": "find_order",
        "tool.description": "Looks an order up by its number.",
        "input.value": JSON.stringify({ order: 4711 }),
        "input.mime_type": "application/json",
        "output.value": JSON.stringify(order),
        "output.mime_type": "application/json",
      },
    },
    {
      name: "find_policies",
      kind: "CHAIN",
      at: 1205,
      ms: 640,
      attributes: { "input.value": question },
      children: [
        {
          name: "embed_question",
          kind: "EMBEDDING",
          at: 1210,
          ms: 96,
          attributes: {
            "embedding.model_name": "text-embedding-3-small",
            "embedding.embeddings.0.embedding.text": question,
            "llm.token_count.prompt": 22,
          },
        },
        {
          name: "search_policies",
          kind: "RETRIEVER",
          at: 1312,
          ms: 174,
          attributes: {
            "input.value": question,
            ...documents("retrieval.documents", [policies[2]!, policies[0]!, policies[1]!]),
          },
        },
        {
          name: "rerank",
          kind: "RERANKER",
          at: 1492,
          ms: 340,
          attributes: {
            "reranker.query": question,
            "reranker.model_name": "rerank-v3.5",
            "reranker.top_k": 2,
            ...documents("reranker.input_documents", [policies[2]!, policies[0]!, policies[1]!]),
            ...documents("reranker.output_documents", policies.slice(0, 2)),
          },
        },
      ],
    },
    {
      name: "answer",
      kind: "LLM",
      at: 1860,
      ms: 2105,
      attributes: {
        ...llm("gpt-5.2", 1184, 146, 896),
        "llm.invocation_parameters": JSON.stringify({ temperature: 0.2, max_tokens: 600 }),
        ...messages("input", [
          {
            role: "system",
            content: `${system}\n\n${policies.map(({ id, content }) => `[${id}] ${content}`).join("\n")}`,
          },
          { role: "user", content: question },
          { role: "assistant", call: { id: "call_1", name: "find_order", args: { order: 4711 } } },
          { role: "tool", answers: "call_1", content: JSON.stringify(order) },
        ]),
        ...messages("output", [{ role: "assistant", content: answer }]),
      },
    },
    {
      name: "grade_answer",
      kind: "EVALUATOR",
      at: 3975,
      ms: 190,
      attributes: { "input.value": answer, "output.value": JSON.stringify({ faithful: true, score: 0.97 }) },
    },
  ],
};
