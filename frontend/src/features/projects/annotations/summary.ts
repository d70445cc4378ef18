export type RowAnnotation = {
  readonly id: string;
  readonly name: string;
  readonly annotatorKind: string;
  readonly label: string | null | undefined;
  readonly score: number | null | undefined;
};

export type NameSummary = {
  name: string;
  annotations: readonly RowAnnotation[];
  mean: number | null;
  /** Most frequent first. */
  labels: readonly string[];
};

/** Notes are annotations, too, but say nothing that could be summed up. */
const NOTE = "note";

/** A row's annotations of the chosen kinds, taken together by name. */
export function summarize(annotations: readonly RowAnnotation[], kinds: ReadonlySet<string>): NameSummary[] {
  const chosen = annotations.filter(
    ({ name, annotatorKind }) => name !== NOTE && (kinds.size === 0 || kinds.has(annotatorKind)),
  );
  return [...Map.groupBy(chosen, ({ name }) => name)]
    .map(([name, all]) => ({ name, annotations: all, mean: meanOf(all), labels: labelsOf(all) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function countNotes(annotations: readonly RowAnnotation[]): number {
  return annotations.filter(({ name }) => name === NOTE).length;
}

function meanOf(annotations: readonly RowAnnotation[]): number | null {
  const scores = annotations.flatMap(({ score }) => (score === null || score === undefined ? [] : [score]));
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function labelsOf(annotations: readonly RowAnnotation[]): readonly string[] {
  const labels = annotations.flatMap(({ label }) => (label ? [label] : []));
  return [...Map.groupBy(labels, (label) => label)].sort(([, a], [, b]) => b.length - a.length).map(([label]) => label);
}

export function summaryText({ mean, labels }: NameSummary): string {
  const [first, ...others] = labels;
  const label = first === undefined ? "" : others.length > 0 ? `${first} +${others.length}` : first;
  return [label, mean === null ? "" : formatScore(mean)].filter(Boolean).join(" ");
}

export function formatScore(score: number): string {
  return Number.isInteger(score) ? String(score) : score.toFixed(Math.abs(score) < 0.1 ? 3 : 2);
}
