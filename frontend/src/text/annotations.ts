import { plural } from "../lib/format";

type Kind = "HUMAN" | "LLM" | "CODE";

const kinds: Record<Kind, string> = { HUMAN: "Human", LLM: "LLM", CODE: "Code" };

/** What the page says about annotations, wherever they are shown. */
export const annotationsText = {
  title: "Annotations",
  group: "Annotations",
  tab: "Annotations",
  annotations: (count: number) => plural(count, "annotation"),
  kind: (kind: Kind) => kinds[kind],
  byKind: "By",
  everybody: "All",
  labels: "Labels",
  annotate: (what: string) => `Annotate ${what}`,
  annotationsOf: (what: string) => `Annotations of ${what}`,
  annotateAction: "Annotate",
  focus: "Annotate",
  choose: (config: string, label: string) => `${config}: ${label}`,
  taken: (config: string) => `${config}: taken back`,
  stored: (config: string, value: string) => `${config}: ${value}`,
  removed: (name: string) => `Removed ${name}`,
  notStored: (name: string) => `${name} was not stored`,
  notRemoved: (name: string) => `${name} was not removed`,
  note: "Note",
  noteField: "Note",
  noteHint: "Enter stores it, Shift+Enter begins a line",
  noteStored: "Note stored",
  noteName: "The note",
  notes: "Notes",
  addNote: "Add note",
  none: "Nobody has annotated this yet",
  noneNote: "Press e to choose a label, n to write a note. Evaluators and programs annotate over the API.",
  noneOfKind: (kind: Kind) => `No annotation by ${kind === "HUMAN" ? "a person" : kind === "LLM" ? "a model" : "code"}`,
  noConfigs: "This project has no labels yet",
  setUp: "Set up labels",
  explain: "Explain",
  explanation: "Explanation",
  explanationHint: "Why? Enter stores it",
  remove: (name: string) => `Remove ${name}`,
  you: "you",
  by: (name: string) => `by ${name}`,
  mean: "Mean",
  summary: "Summary",
  summaryNote: "Of all that is annotated here, by who did it",
  name: "Name",
  good: "good",
  bad: "bad",
  between: (low: number | null, high: number | null) =>
    low !== null && high !== null
      ? `${low} to ${high}`
      : low !== null
        ? `from ${low}`
        : high !== null
          ? `up to ${high}`
          : "number",
  outside: (low: number | null, high: number | null) =>
    `Must be a number${low === null ? "" : `, at least ${low}`}${high === null ? "" : `, at most ${high}`}`,
  text: "text",
  relevance: { name: "relevance", relevant: "relevant", irrelevant: "irrelevant" },
  trace: "the trace",
  session: "the session",
  turn: (index: number) => `turn ${index}`,
  document: (index: number) => `document ${index}`,
  retrieval: { precision: "precision", ndcg: "nDCG", hit: "hit", rank: "reciprocal rank" },
  retrievalNote: (name: string) => `How good the retrieval was, by the scores of ${name}`,
  more: (count: number) => `and ${plural(count, "more annotation")}`,
};

export const bulkText = {
  title: (count: number, noun: string) => `Annotate ${plural(count, noun)}`,
  with: "With",
  value: "Value",
  explanation: "Explanation (optional)",
  store: (count: number, noun: string) => `Annotate ${plural(count, noun)}`,
  stored: (count: number, noun: string) => `Annotated ${plural(count, noun)}`,
  replaced: (count: number) => `${plural(count, "annotation")} of yours replaced; those are not undone.`,
  undone: (count: number) => `Removed ${plural(count, "annotation")}`,
  partly: (done: number, count: number) => `Stopped after ${done} of ${count}`,
};

export const configsText = {
  title: "Labels and scores",
  intro: "What people annotate with. Ticked ones are offered in this project.",
  new: "New",
  none: "There are none yet. A label such as correctness with correct and incorrect is a good first one.",
  inProject: (name: string) => `Offer ${name} in this project`,
  edit: (name: string) => `Edit ${name}`,
  delete: (name: string) => `Delete ${name}`,
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteNote: "It is offered nowhere any more. What was annotated with it stays.",
  createTitle: "New label or score",
  editTitle: (name: string) => `Edit ${name}`,
  back: "Back",
  name: "Name",
  nameNote: "Annotations carry it, also those that evaluators send",
  description: "Description",
  type: "Type",
  types: { CATEGORICAL: "Labels", CONTINUOUS: "Number", FREEFORM: "Text" },
  typeNotes: {
    CATEGORICAL: "One of a few labels, each with one key. A score beside a label makes it count in means.",
    CONTINUOUS: "A number, between bounds if you give them.",
    FREEFORM: "Anything, written out.",
  },
  direction: "Better is",
  directions: { MAXIMIZE: "higher", MINIMIZE: "lower", NONE: "neither" },
  label: (index: number) => `Label ${index}`,
  score: (index: number) => `Score of label ${index}`,
  addLabel: "Add label",
  removeLabel: (index: number) => `Remove label ${index}`,
  lower: "At least",
  upper: "At most",
  nameMissing: "Give it a name",
  nameTaken: "There is one of this name already",
  labelMissing: "Give at least one label",
  labelTwice: (label: string) => `${label} is there twice`,
  notNumber: "Must be a number",
  bounds: "Must be below the upper one",
  notChanged: (name: string) => `${name} was not changed`,
};
