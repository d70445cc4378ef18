import { plural } from "../lib/format";

const names: Record<string, string> = {
  "input.value": "Input",
  "output.value": "Output",
  "llm.input_messages": "Input messages",
  "llm.output_messages": "Output messages",
  "llm.model_name": "Model",
  "embedding.model_name": "Model",
  "reranker.model_name": "Model",
  "llm.token_count.prompt": "Prompt tokens",
  "llm.token_count.completion": "Completion tokens",
  "llm.token_count.total": "Tokens",
  "llm.token_count": "Tokens",
  "openinference.span.kind": "Kind",
  "retrieval.documents": "Documents",
  "embedding.embeddings": "Embeddings",
  "tool.name": "Tool name",
};

/** How a span was read, and why something of it is blank. */
export const derivationText = {
  title: "How this span was read",
  blankTitle: "Why is this blank?",
  blankNote: (count: number) => `${plural(count, "field")} that a span of this kind has elsewhere`,
  recognised: "Recognised as",
  plain: "OpenInference, as it was sent",
  name: (path: string) => names[path] ?? path,
  notSent: "The sender did not send it.",
  switchedOff: "The sender sends it only when told to, or was told not to.",
  unreadable: (source: string) => `It was sent as ${source}, in a form that cannot be read.`,
  advice: (advice: string) => `To get it: ${advice}.`,
  copyAdvice: "Copy what to change",
  derived: (count: number) => `${plural(count, "field")} read from other names`,
  derivedMark: "derived",
  derivedFrom: (source: string, dialect: string) => `Not sent under this name: read from ${source} (${dialect})`,
  from: "from",
  maskedMark: "masked",
  maskedNote: "It held a secret, which the server did not keep",
  masked: (count: number) => `${plural(count, "value")} held a secret and ${count === 1 ? "was" : "were"} not kept`,
  repetition: {
    PROJECT: "Another trace reports the same call; the project counts its tokens and cost there.",
    SESSION: "Another trace reports the same call; project and session count its tokens and cost there.",
    TRACE: "Another span of the trace reports the same call; tokens and cost are counted there.",
    SPANS_BELOW: "Tokens and cost are the sum of what the spans below report; they are counted there.",
  } as Record<string, string>,
  showCounting: "Show the span that counts",
};
