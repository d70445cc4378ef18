import { leafText, parseJson, type Json } from "../../../lib/json";
import { quoted } from "../../filter/model/join";

type Key = string | number;

/** A value of the metadata, and the way to it. */
export type MetadataEntry = { keys: readonly Key[]; value: Json };

/** All values, however deep; a text that is no JSON is one value. */
export function metadataEntries(metadata: string): MetadataEntry[] {
  const value = parseJson(metadata);
  return value === undefined ? [{ keys: [], value: metadata }] : entriesOf(value, []);
}

function entriesOf(value: Json, keys: readonly Key[]): MetadataEntry[] {
  if (typeof value !== "object" || value === null) return [{ keys, value }];
  const inside: [Key, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return inside.flatMap(([key, item]) => entriesOf(item, [...keys, key]));
}

export function pathText({ keys }: MetadataEntry): string {
  return keys.join(".");
}

export function metadataText(metadata: string): string {
  return metadataEntries(metadata)
    .map((entry) => (entry.keys.length > 0 ? `${pathText(entry)}: ` : "") + leafText(entry.value))
    .join(", ");
}

/** Chooses the spans that have the same there; `null` where a condition cannot say it. */
export function sameMetadata({ keys, value }: MetadataEntry): string | null {
  if (typeof keys[0] !== "string" || typeof value === "object") return null;
  const steps = keys.map((key) => (typeof key === "number" ? `[${key}]` : `[${quoted(key)}]`)).join("");
  return `metadata${steps} == ${constant(value)}`;
}

function constant(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : quoted(value);
}
