import { isRecord } from "./storage";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value of a JSON text, or `undefined` where it is not one. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Objects and arrays only: a lone `12` or `"x"` is text to a person. */
export function parseStructure(text: string): Json[] | { [key: string]: Json } | undefined {
  const start = text.trimStart()[0];
  if (start !== "{" && start !== "[") return undefined;
  const value = parseJson(text);
  return typeof value === "object" && value !== null ? value : undefined;
}

export type Leaf = { path: string; value: Json };

/** Leaves by the key they had on the wire: `llm.input_messages.0.message.content`; a list of plain values is one. */
export function flatten(value: Json, prefix = ""): Leaf[] {
  const entries = Array.isArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isRecord(value)
      ? (Object.entries(value) as [string, Json][])
      : null;
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
  if (!entries || entries.length === 0 || isPlainList) return prefix ? [{ path: prefix, value }] : [];
  return entries.flatMap(([key, item]) => flatten(item, prefix ? `${prefix}.${key}` : key));
}

/** Parses, all the way down, strings that are themselves JSON objects or arrays. */
export function unnest(value: Json): Json {
  if (typeof value === "string") {
    const parsed = parseStructure(value);
    return parsed === undefined ? value : unnest(parsed);
  }
  if (Array.isArray(value)) return value.map(unnest);
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unnest(item as Json)]));
  }
  return value;
}

export function leafText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
