/** What a condition chooses: spans, traces or sessions. */
export type Grain = "span" | "trace" | "session";

/** A name that conditions can use, as the server tells it. */
export type Term = {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly category: string;
  readonly iterableName: string | null | undefined;
  readonly insertText: string;
};

export type Snippet = { readonly text: string; readonly title: string };

/** Values that the language itself knows. */
export const KNOWN_VALUES: Record<string, readonly string[]> = {
  span_kind: [
    "LLM",
    "AGENT",
    "CHAIN",
    "TOOL",
    "RETRIEVER",
    "RERANKER",
    "EMBEDDING",
    "GUARDRAIL",
    "EVALUATOR",
    "PROMPT",
    "DECISION",
    "UNKNOWN",
  ],
  status_code: ["OK", "ERROR", "UNSET"],
  annotator_kind: ["HUMAN", "LLM", "CODE"],
};

/** Collections inside of elements have the same elements as these of the row itself. */
const SAME_ELEMENTS: Record<string, readonly string[]> = {
  children: ["spans"],
  siblings: ["spans"],
  annotations: ["span_annotations"],
  cost_details: ["span_cost_details", "cost_details"],
};

/** What an element of a collection has, written for the variable that stands for it. */
export function elementsOf(terms: readonly Term[], collection: string, variable: string): Term[] {
  const name = collection.split(".").at(-1) ?? collection;
  const names = [name, ...(SAME_ELEMENTS[name] ?? [])];
  const found = names.map((each) => terms.filter(({ iterableName }) => iterableName === each));
  return (found.find((each) => each.length > 0) ?? []).map((term) => ({
    ...term,
    insertText: term.insertText.replace(/^x\./, `${variable}.`),
  }));
}
