import { formatCompact, plural } from "../lib/format";

export const figures = {
  share: (part: string, whole: string) => `${part} of ${whole}`,
  endsBeforeStart: (by: string) => `No latency: it ends ${by} before it starts, because the sender's clocks differ.`,
  noPrice: (model: string | null) =>
    model ? `No price for the model ${model}.` : "No price: no call of a model, or none whose price is known.",
};

const count = (value: number | null | undefined) => (typeof value === "number" ? formatCompact(value) : "--");

/** What the figures in headers are called. */
export const facts = {
  latency: "Latency",
  firstToken: "First token",
  spans: "Spans",
  failed: "Failed",
  tokens: "Tokens",
  cost: "Cost",
  model: "Model",
  started: "Started",
  session: "Session",
  tok: "tok",
  spanCount: (value: number) => plural(value, "span"),
  errorCount: (value: number) => plural(value, "error"),
  inOut: (prompt: number | null | undefined, completion: number | null | undefined) =>
    `(${count(prompt)} in, ${count(completion)} out)`,
  prompt: "Prompt",
  completion: "Completion",
  cacheRead: "cache read",
  cacheWrite: "cache write",
  audio: "audio",
  reasoning: "reasoning",
};
