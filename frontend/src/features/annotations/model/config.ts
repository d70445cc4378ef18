export type Direction = "MAXIMIZE" | "MINIMIZE" | "NONE";

export type Choice = { readonly label: string; readonly score: number | null };

type Common = { id: string; name: string; description: string | null; direction: Direction };

/** What is offered to annotate with. */
export type Config =
  | (Common & { type: "CATEGORICAL"; choices: readonly Choice[] })
  | (Common & { type: "CONTINUOUS"; lower: number | null; upper: number | null })
  | (Common & { type: "FREEFORM"; lower: number | null; upper: number | null; threshold: number | null });

type Node = { readonly __typename: string; readonly [key: string]: unknown };

/** From whichever member of the server's union; `null` for one this page does not know. */
export function toConfig(node: Node): Config | null {
  const common: Common = {
    id: String(node.id),
    name: String(node.name),
    description: typeof node.description === "string" ? node.description : null,
    direction: (node.optimizationDirection ?? "NONE") as Direction,
  };
  const bounds = { lower: numberOf(node.lowerBound), upper: numberOf(node.upperBound) };
  switch (node.__typename) {
    case "CategoricalAnnotationConfig":
      return {
        ...common,
        type: "CATEGORICAL",
        choices: (node.values as { label: string; score?: number | null }[]).map(({ label, score }) => ({
          label,
          score: score ?? null,
        })),
      };
    case "ContinuousAnnotationConfig":
      return { ...common, ...bounds, type: "CONTINUOUS" };
    case "FreeformAnnotationConfig":
      return { ...common, ...bounds, type: "FREEFORM", threshold: numberOf(node.threshold) };
    default:
      return null;
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

export type Quality = "good" | "bad" | "neutral";

/** Whether a score is on the wanted side of the threshold, else of the middle of what is possible. */
export function qualityOf(config: Config | undefined, score: number | null | undefined): Quality {
  if (!config || config.direction === "NONE" || score === null || score === undefined) return "neutral";
  const pivot = pivotOf(config);
  if (pivot === null || score === pivot) return "neutral";
  return score > pivot === (config.direction === "MAXIMIZE") ? "good" : "bad";
}

function pivotOf(config: Config): number | null {
  switch (config.type) {
    case "CATEGORICAL": {
      const scores = config.choices.flatMap(({ score }) => (score === null ? [] : [score]));
      return scores.length === 0 ? null : (Math.min(...scores) + Math.max(...scores)) / 2;
    }
    case "CONTINUOUS":
      return middle(config.lower, config.upper);
    case "FREEFORM":
      return config.threshold ?? middle(config.lower, config.upper);
  }
}

function middle(lower: number | null, upper: number | null): number | null {
  return lower === null || upper === null ? null : (lower + upper) / 2;
}

/** One key for each label, across all configs, as far as the digits go. */
export function labelKeys(configs: readonly Config[]): Map<string, { config: Config; choice: Choice }> {
  const all = configs.flatMap((config) =>
    config.type === "CATEGORICAL" ? config.choices.map((choice) => ({ config, choice })) : [],
  );
  return new Map(all.slice(0, 9).map((entry, index) => [String(index + 1), entry]));
}

/** The number that a person typed, if it is one and within the bounds. */
export function scoreIn(text: string, lower: number | null, upper: number | null): number | null {
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  return (lower !== null && value < lower) || (upper !== null && value > upper) ? null : value;
}
