import { parseJson, type Json } from "../../../lib/json";
import { isRecord } from "../../../lib/storage";

/** Attributes with nested keys, as the server sends them. Senders differ: every reader takes any shape. */
export type Attributes = { [key: string]: Json };

export function parseAttributes(json: string): Attributes | null {
  const value = parseJson(json);
  return isRecord(value) ? (value as Attributes) : null;
}

/** The value at a dotted path. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path.split(".")) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isRecord(current)) current = current[key] as Json | undefined;
    else return undefined;
  }
  return current;
}

/** A list; objects with only numbers for keys count as one. */
export function list(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return [];
  const keys = Object.keys(value);
  if (keys.length === 0 || !keys.every((key) => /^\d+$/.test(key))) return [];
  return keys.toSorted((a, b) => Number(a) - Number(b)).map((key) => value[key] as Json);
}

export function record(value: Json | undefined): { [key: string]: Json } | null {
  return isRecord(value) ? (value as { [key: string]: Json }) : null;
}

export function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Text as it is; structures as JSON. */
export function anyText(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

export function number(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** JSON inside a string is opened; anything else stays what it is. */
export function opened(value: Json | undefined): Json | null {
  if (value === undefined) return null;
  if (typeof value !== "string") return value;
  return parseJson(value) ?? value;
}

/** What OpenInference writes in the place of hidden content. */
export const REDACTED = "__REDACTED__";
