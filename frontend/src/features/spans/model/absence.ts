import type { Kind } from "../../../ui/Kind";
import { spanText as words } from "../../../text/span";
import { whyBlank, type Derivation } from "./derivation";

/** Why a figure is blank: what the server knows about the sender, else what is true of all spans of the kind. */
export function whyNoTokens(kind: Kind, derivation: Derivation): string {
  return whyBlank(derivation, "llm.token_count") ?? (kind === "llm" ? words.noTokens : words.tokensOfLlm);
}

export function whyNoModel(derivation: Derivation): string {
  return whyBlank(derivation, "llm.model_name") ?? whyBlank(derivation, "embedding.model_name") ?? words.noModel;
}
