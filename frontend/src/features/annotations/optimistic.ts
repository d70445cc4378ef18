import type { RecordSourceSelectorProxy } from "relay-runtime";
import { NOTE, type Change } from "./model/annotation";

/** Where annotations hang in the store: a record, its list of them, and their type. */
export type Owner = { id: string; field: string; type: string };

const AHEAD = "client:annotation:";

let made = 0;

/** Whether it is shown before the server has it, and has another id there. */
export function isAhead(annotation: { readonly id: string }): boolean {
  return annotation.id.startsWith(AHEAD);
}

/** Shows the annotation before the server has it: instead of the one it replaces, else first. */
export function place(
  store: RecordSourceSelectorProxy<unknown>,
  owner: Owner,
  change: Change,
  replaces: string | null,
  extra: Record<string, number> = {},
): void {
  const record = store.get(owner.id);
  const list = record?.getLinkedRecords(owner.field);
  if (!record || !list) return;
  made++;
  const annotation = store.create(`${AHEAD}${made}`, owner.type);
  annotation.setValue(`${AHEAD}${made}`, "id");
  annotation.setValue(change.name, "name");
  annotation.setValue(change.label, "label");
  annotation.setValue(change.score, "score");
  annotation.setValue(change.explanation, "explanation");
  annotation.setValue(change.annotatorKind ?? "HUMAN", "annotatorKind");
  annotation.setValue(change.source ?? "APP", "source");
  const replaced = list.find((other) => other?.getDataID() === replaces);
  annotation.setValue(change.name === NOTE ? `client:${made}` : (replaced?.getValue("identifier") ?? ""), "identifier");
  annotation.setValue(new Date().toISOString(), "createdAt");
  annotation.setValue(null, "user");
  for (const [name, value] of Object.entries(extra)) annotation.setValue(value, name);
  const others = list.filter((other) => other?.getDataID() !== replaces);
  record.setLinkedRecords([annotation, ...others], owner.field);
}

export function drop(store: RecordSourceSelectorProxy<unknown>, owner: Owner, id: string): void {
  const record = store.get(owner.id);
  const list = record?.getLinkedRecords(owner.field);
  if (record && list)
    record.setLinkedRecords(
      list.filter((other) => other?.getDataID() !== id),
      owner.field,
    );
}
