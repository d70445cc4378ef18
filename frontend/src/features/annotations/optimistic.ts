import type { RecordSourceSelectorProxy } from "relay-runtime";
import { NOTE, type Change } from "./model/annotation";

/** Where annotations hang in the store: a record, its list of them, and their type. */
export type Owner = { id: string; field: string; type: string };

let made = 0;

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
  const annotation = store.create(`client:annotation:${made}`, owner.type);
  annotation.setValue(`client:annotation:${made}`, "id");
  annotation.setValue(change.name, "name");
  annotation.setValue(change.label, "label");
  annotation.setValue(change.score, "score");
  annotation.setValue(change.explanation, "explanation");
  annotation.setValue(change.annotatorKind ?? "HUMAN", "annotatorKind");
  annotation.setValue(change.source ?? "APP", "source");
  annotation.setValue(change.name === NOTE ? `client:${made}` : "", "identifier");
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
