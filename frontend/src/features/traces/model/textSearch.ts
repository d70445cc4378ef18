import type { Term } from "../../filter/model/vocabulary";

/**
 * Where a text is looked for: the fields of OpenInference and the roots of what senders of other conventions write. Lists
 * and objects are searched as their JSON.
 */
const FIELDS = [
  ..."name status_message span_id input.value output.value llm retrieval reranker embedding tool metadata".split(" "),
  ..."session.id user.id tag.tags agent graph prompt document guardrail evaluator exception error".split(" "),
  ..."gen_ai ai langfuse traceloop http url db rpc messaging server code".split(" "),
];

const KNOWN_ROOTS: ReadonlySet<string> = new Set(FIELDS.filter((field) => !field.includes(".")));

/** Names of senders' own that one question asks for; more would make it slow. */
const MOST_OWN = 24;

/** First names under which senders keep attributes of their own, as conditions write them. */
export function ownFields(terms: readonly Pick<Term, "category" | "insertText">[]): string[] {
  const roots = terms.flatMap(({ category, insertText }) => {
    if (category !== "attribute") return [];
    const quoted = /^attributes(\['(?:[^'\\]|\\.)*'\])/.exec(insertText)?.[1];
    const plain = /^[A-Za-z_]\w*/.exec(insertText)?.[0];
    return quoted ? [`attributes${quoted}`] : plain && !KNOWN_ROOTS.has(plain) ? [`attributes['${plain}']`] : [];
  });
  return [...new Set(roots)].slice(0, MOST_OWN);
}

/** The filter that finds the text anywhere in a span. */
export function condition(text: string, own: readonly string[]): string {
  return [...FIELDS, ...own].map((field) => `${JSON.stringify(text)} in ${field}`).join(" or ");
}
