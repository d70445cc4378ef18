import { stored, useStored, type Stored } from "../../lib/storage";
import type { Grain } from "./model/vocabulary";

const KEPT = 20;
const stores = new Map<string, Stored<string[]>>();

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function history(project: string, grain: Grain): Stored<string[]> {
  const key = `phoenix-filters-${project}-${grain}`;
  let store = stores.get(key);
  if (!store) {
    store = stored<string[]>(key, [], isTexts);
    stores.set(key, store);
  }
  return store;
}

/** Conditions that were kept for a while, the newest first. */
export function useFilterHistory(project: string, grain: Grain): [string[], (condition: string) => void] {
  const [all, set] = useStored(history(project, grain));
  return [
    all,
    (condition) => set((earlier) => [condition, ...earlier.filter((each) => each !== condition)].slice(0, KEPT)),
  ];
}
