import { isRecord, stored, useStored } from "./storage";

/** What a person opened last, for the search. */
export type Visit = { id: string; kind: "project"; name: string; path: string };

const KEPT = 10;

const visits = stored<Visit[]>("phoenix-recently-viewed", [], isVisits);

function isVisits(value: unknown): value is Visit[] {
  return (
    Array.isArray(value) &&
    value.every(
      (visit) =>
        isRecord(visit) &&
        visit.kind === "project" &&
        [visit.id, visit.name, visit.path].every((text) => typeof text === "string"),
    )
  );
}

export function remember(visit: Visit): void {
  visits.set((all) => [visit, ...all.filter(({ id }) => id !== visit.id)].slice(0, KEPT));
}

export function forget(id: string): void {
  visits.set((all) => all.filter((visit) => visit.id !== id));
}

export function useRecent(): Visit[] {
  return useStored(visits)[0];
}
