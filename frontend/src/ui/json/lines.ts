import type { Json } from "../../lib/json";
import { isRecord } from "../../lib/storage";

/** One line of shown JSON. */
export type JsonLine = {
  /** Unique: keys joined by a character that no sane key holds. */
  path: string;
  depth: number;
  key: string | null;
  isLast: boolean;
} & (
  | { type: "leaf"; value: Json }
  | { type: "open" | "folded"; bracket: "{" | "["; count: number; sample: string }
  | { type: "close"; bracket: "}" | "]" }
);

const SEPARATOR = "\u0000";
/** Small values are shown whole; of large ones, the first levels. */
const SHOW_ALL_LEAVES = 120;
const OPEN_DEPTH = 2;
const OPEN_ITEMS = 60;
/** More numbers in a row than a person reads: a vector. */
const VECTOR = 16;
/** Members of a folded value that are named. */
const SAMPLE = 4;

/** Folding before anyone has touched it. */
export function defaultFold(root: Json): (value: Json, depth: number) => boolean {
  const isSmall = countLeaves(root, SHOW_ALL_LEAVES) < SHOW_ALL_LEAVES;
  return (value, depth) => {
    if (Array.isArray(value) && value.length > VECTOR && value.every((item) => typeof item === "number")) return true;
    return !isSmall && depth > 0 && (depth >= OPEN_DEPTH || size(value) > OPEN_ITEMS);
  };
}

export function jsonLines(root: Json, isFolded: (path: string, value: Json, depth: number) => boolean): JsonLine[] {
  const lines: JsonLine[] = [];
  const add = (value: Json, key: string | null, path: string, depth: number, isLast: boolean): void => {
    const entries = entriesOf(value);
    if (!entries || entries.length === 0) {
      lines.push({ type: "leaf", path, depth, key, isLast, value });
      return;
    }
    const [start, end] = Array.isArray(value) ? (["[", "]"] as const) : (["{", "}"] as const);
    if (isFolded(path, value, depth)) {
      lines.push({
        type: "folded",
        path,
        depth,
        key,
        isLast,
        bracket: start,
        count: entries.length,
        sample: sample(value),
      });
      return;
    }
    lines.push({ type: "open", path, depth, key, isLast, bracket: start, count: entries.length, sample: "" });
    entries.forEach(([name, item], index) =>
      add(item, Array.isArray(value) ? null : name, path + SEPARATOR + name, depth + 1, index === entries.length - 1),
    );
    lines.push({ type: "close", path: `${path}${SEPARATOR}end`, depth, key: null, isLast, bracket: end });
  };
  add(root, null, "$", 0, true);
  return lines;
}

function entriesOf(value: Json): [string, Json][] | null {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isRecord(value) ? (Object.entries(value) as [string, Json][]) : null;
}

function size(value: Json): number {
  return entriesOf(value)?.length ?? 0;
}

/** Stops counting at the limit. */
function countLeaves(value: Json, limit: number): number {
  const entries = entriesOf(value);
  if (!entries) return 1;
  let count = 0;
  for (const [, item] of entries) {
    count += countLeaves(item, limit - count);
    if (count >= limit) break;
  }
  return count;
}

/** The first few members of what is folded. */
function sample(value: Json): string {
  const entries = entriesOf(value) ?? [];
  const names = entries
    .slice(0, SAMPLE)
    .map(([key, item]) =>
      !Array.isArray(value) ? key : typeof item === "object" && item !== null ? "…" : JSON.stringify(item),
    );
  return [...names, ...(entries.length > SAMPLE ? ["…"] : [])].join(", ");
}
