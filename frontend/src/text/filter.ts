import type { Group } from "../features/filter/model/complete";
import type { Grain } from "../features/filter/model/vocabulary";

/** What the filter field says; the conditions themselves are the language's, see docs/filters.md. */
export const filterText = {
  label: { span: "Filter spans", trace: "Filter traces", session: "Filter sessions" } satisfies Record<Grain, string>,
  placeholder: {
    span: "All spans. Filter, for example: span_kind == 'LLM' and latency_ms > 1000",
    trace: "All traces. Filter, for example: num_spans >= 5",
    session: "All sessions. Filter, for example: num_traces > 5",
  } satisfies Record<Grain, string>,
  focus: "Filter the table",
  group: "Project",
  clear: "Clear filter",
  cleared: "Filter cleared",
  completions: "Completions",
  groups: {
    recent: "Recent",
    suggestions: "Suggestions",
    annotations: "Annotations",
    fields: "Fields",
    collections: "Collections",
    attributes: "Attributes",
    values: "Values",
    operators: "Go on with",
  } satisfies Record<Group, string>,
  use: (name: string) => `Use ${name}`,
  warning: "Valid, but perhaps not what you mean",
  unknownName: (name: string) => `No attribute seen lately is called ${name}.`,
  unchecked: "Not applied yet, because it could not be checked.",
  invalid: "Not applied",
  character: (place: number) => `Character ${place}`,
  snippets: {
    span: [
      { text: "parent_id is None", title: "Root spans only" },
      { text: "status_code == 'ERROR'", title: "Failed" },
      { text: "latency_ms > 1000", title: "Slower than a second" },
      { text: "span_kind == 'LLM'", title: "Calls of models" },
      { text: "'' in input.value", title: "Input contains" },
      { text: "'' in output.value", title: "Output contains" },
    ],
    trace: [
      { text: "error_count > 0", title: "With errors" },
      { text: "any(s.status_code == 'ERROR' for s in spans)", title: "Any span errored" },
      { text: "latency_ms > 5000", title: "Slower than five seconds" },
      { text: "num_spans >= 5", title: "Of five spans or more" },
      { text: "'' in input", title: "Input contains" },
    ],
    session: [
      { text: "num_traces_with_error > 0", title: "With failed traces" },
      { text: "num_traces > 5", title: "Long conversations" },
      { text: "'' in any_input", title: "Somebody said" },
      { text: "'' in any_output", title: "Something answered" },
      { text: "duration_ms > 60000", title: "Longer than a minute" },
    ],
  } satisfies Record<Grain, readonly { text: string; title: string }[]>,
};
