import type { Kind } from "../../../ui/Kind";
import { at, type Attributes } from "./read";

/** Why a figure is blank, where it can be known. */
export function whyNoTokens(kind: Kind, attributes: Attributes | null, scope: string | null): string {
  if (kind !== "llm") return "Tokens are counted on LLM spans.";
  const sender = scope ? `${scope} did not send` : "The sender did not send";
  if (attributes && at(attributes, "gen_ai.usage") !== undefined) {
    return "The sender reported usage under gen_ai.usage only; see Attributes.";
  }
  return `${sender} llm.token_count. Streams often leave it out unless usage is asked for.`;
}

export function whyNoModel(attributes: Attributes | null, scope: string | null): string {
  const requested = attributes && (at(attributes, "gen_ai.request.model") ?? at(attributes, "llm.request.model_name"));
  if (typeof requested === "string") return `Only a requested model was sent: ${requested}.`;
  return `${scope ?? "The sender"} did not send llm.model_name.`;
}

export function whyNoMessages(attributes: Attributes | null): string {
  if (attributes && at(attributes, "gen_ai") !== undefined) {
    return "The sender wrote the conversation in another convention (gen_ai); see Attributes.";
  }
  return "The sender did not send llm.input_messages or llm.output_messages; this is its plain input and output.";
}
