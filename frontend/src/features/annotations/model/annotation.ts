export type AnnotatorKind = "HUMAN" | "LLM" | "CODE";

/** What was said about a span, a trace, a session or a document; the same for all of them. */
export type Annotation = {
  readonly id: string;
  readonly name: string;
  readonly annotatorKind: AnnotatorKind;
  readonly label: string | null | undefined;
  readonly score: number | null | undefined;
  readonly explanation: string | null | undefined;
  readonly identifier: string;
  readonly source: "API" | "APP";
  readonly createdAt: string;
  readonly user: { readonly id: string; readonly username: string } | null | undefined;
};

/** What a person sets. */
export type Change = {
  name: string;
  label: string | null;
  score: number | null;
  explanation: string | null;
  /** Where what somebody else had said is put back. */
  annotatorKind?: AnnotatorKind;
  source?: "API" | "APP";
};

export const NOTE = "note";
export const KINDS: readonly AnnotatorKind[] = ["HUMAN", "LLM", "CODE"];

/** Notes are annotations of one name; nobody wants to see them among the others. */
export function withoutNotes<A extends Annotation>(all: readonly A[]): A[] {
  return all.filter(({ name }) => name !== NOTE);
}

export function notesOf<A extends Annotation>(all: readonly A[]): A[] {
  return all.filter(({ name }) => name === NOTE);
}

/** The newest one of a name that this person wrote here; `viewerId` is null where nobody logs in. */
export function mine(all: readonly Annotation[], name: string, viewerId: string | null): Annotation | null {
  return (
    all
      .filter((annotation) => annotation.name === name && isMine(annotation, viewerId))
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ?? null
  );
}

export function isMine(annotation: Annotation, viewerId: string | null): boolean {
  return (
    annotation.source === "APP" && annotation.annotatorKind === "HUMAN" && (annotation.user?.id ?? null) === viewerId
  );
}

export type Summary = {
  name: string;
  count: number;
  meanScore: number | null;
  /** Most frequent first. */
  labels: { label: string; count: number }[];
};

/** By name, in the order of the alphabet. */
export function summarise(all: readonly Annotation[]): Summary[] {
  const byName = Map.groupBy(all, ({ name }) => name);
  return [...byName]
    .map(([name, annotations]) => {
      const scores = annotations.flatMap(({ score }) => (typeof score === "number" ? [score] : []));
      const labels = Map.groupBy(
        annotations.flatMap(({ label }) => (label ? [label] : [])),
        (label) => label,
      );
      return {
        name,
        count: annotations.length,
        meanScore: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
        labels: [...labels]
          .map(([label, same]) => ({ label, count: same.length }))
          .toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label)),
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export function formatScore(score: number): string {
  return String(Number(score.toFixed(Math.abs(score) < 0.1 ? 4 : 2)));
}

/** A label, else a score, else the beginning of what was written. */
export function valueText({ label, score, explanation }: Pick<Annotation, "label" | "score" | "explanation">): string {
  if (label) return label;
  if (typeof score === "number") return formatScore(score);
  return explanation ? explanation.slice(0, 60) : "";
}
