import { configsText as words } from "../../../text/annotations";
import type { Config, Direction } from "./config";

/** What is being typed; texts until it is stored. */
export type ConfigForm = {
  name: string;
  description: string;
  type: Config["type"];
  direction: Direction;
  choices: { label: string; score: string }[];
  lower: string;
  upper: string;
  threshold: number | null;
};

export type Problems = {
  name?: string;
  choices?: string;
  lower?: string;
  upper?: string;
};

export function formOf(config: Config | null): ConfigForm {
  const choices =
    config?.type === "CATEGORICAL"
      ? config.choices.map(({ label, score }) => ({ label, score: textOf(score) }))
      : [
          { label: "", score: "1" },
          { label: "", score: "0" },
        ];
  const bounds = config && config.type !== "CATEGORICAL" ? config : { lower: null, upper: null };
  return {
    name: config?.name ?? "",
    description: config?.description ?? "",
    type: config?.type ?? "CATEGORICAL",
    direction: config?.direction ?? "MAXIMIZE",
    choices,
    lower: textOf(bounds.lower),
    upper: textOf(bounds.upper),
    threshold: config?.type === "FREEFORM" ? config.threshold : null,
  };
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}

/** `null` for nothing, `undefined` for what is no number. */
function numberOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text.trim().replace(",", "."));
  return Number.isFinite(value) ? value : undefined;
}

export function problemsOf(form: ConfigForm, taken: readonly string[]): Problems {
  const problems: Problems = {};
  const name = form.name.trim();
  if (name === "") problems.name = words.nameMissing;
  else if (taken.includes(name)) problems.name = words.nameTaken;
  if (form.type === "CATEGORICAL") {
    const filled = form.choices.filter(({ label }) => label.trim() !== "");
    const labels = filled.map(({ label }) => label.trim());
    const twice = labels.find((label, index) => labels.indexOf(label) !== index);
    if (labels.length === 0) problems.choices = words.labelMissing;
    else if (twice !== undefined) problems.choices = words.labelTwice(twice);
    else if (filled.some(({ score }) => numberOf(score) === undefined)) problems.choices = words.notNumber;
    return problems;
  }
  const lower = numberOf(form.lower);
  const upper = numberOf(form.upper);
  if (lower === undefined) problems.lower = words.notNumber;
  if (upper === undefined) problems.upper = words.notNumber;
  if (typeof lower === "number" && typeof upper === "number" && lower >= upper) problems.lower = words.bounds;
  return problems;
}

/** As the server takes it. */
export function inputOf(form: ConfigForm) {
  const common = {
    name: form.name.trim(),
    description: form.description.trim() || null,
    optimizationDirection: form.direction,
  };
  const bounds = { lowerBound: numberOf(form.lower) ?? null, upperBound: numberOf(form.upper) ?? null };
  switch (form.type) {
    case "CATEGORICAL":
      return {
        categorical: {
          ...common,
          values: form.choices
            .filter(({ label }) => label.trim() !== "")
            .map(({ label, score }) => ({ label: label.trim(), score: numberOf(score) ?? null })),
        },
      };
    case "CONTINUOUS":
      return { continuous: { ...common, ...bounds } };
    case "FREEFORM":
      return { freeform: { ...common, ...bounds, threshold: form.threshold } };
  }
}
