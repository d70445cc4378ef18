/**
 * Where a text is looked for: the fields of OpenInference and the roots of what senders of other conventions write. Lists
 * and objects are searched as their JSON.
 */
const FIELDS = [
  ..."name status_message span_id input.value output.value llm retrieval reranker embedding tool metadata".split(" "),
  ..."session.id user.id tag.tags agent graph prompt document guardrail evaluator exception error".split(" "),
  ..."gen_ai ai langfuse traceloop http url db rpc messaging server code".split(" "),
];

/** The filter that finds the text anywhere in a span. */
export function condition(text: string): string {
  return FIELDS.map((field) => `${JSON.stringify(text)} in ${field}`).join(" or ");
}
