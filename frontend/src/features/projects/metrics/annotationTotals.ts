export type BinSummary = {
  readonly name: string;
  readonly count: number;
  readonly meanScore: number | null | undefined;
  readonly scoreCount: number;
  readonly labelCount: number;
  readonly labelFractions: readonly { readonly label: string; readonly fraction: number }[];
};

export type NameTotal = {
  name: string;
  count: number;
  scoreCount: number;
  mean: number | null;
  labels: readonly { label: string; fraction: number }[];
};

/** The summaries of all bins taken together: every annotation weighs the same, wherever it lies. */
export function annotationTotals(bins: readonly (readonly BinSummary[])[]): NameTotal[] {
  return [...Map.groupBy(bins.flat(), ({ name }) => name)]
    .map(([name, parts]) => {
      const scoreCount = parts.reduce((total, part) => total + part.scoreCount, 0);
      const scores = parts.reduce((total, part) => total + (part.meanScore ?? 0) * part.scoreCount, 0);
      const labelCount = parts.reduce((total, part) => total + part.labelCount, 0);
      const counts = new Map<string, number>();
      for (const { labelFractions, labelCount: labelled } of parts) {
        for (const { label, fraction } of labelFractions) {
          counts.set(label, (counts.get(label) ?? 0) + fraction * labelled);
        }
      }
      return {
        name,
        count: parts.reduce((total, part) => total + part.count, 0),
        scoreCount,
        mean: scoreCount === 0 ? null : scores / scoreCount,
        labels: [...counts]
          .sort(([, a], [, b]) => b - a)
          .map(([label, count]) => ({ label, fraction: count / labelCount })),
      };
    })
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

/** The same name has the same colour everywhere. */
export function nameHue(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}
