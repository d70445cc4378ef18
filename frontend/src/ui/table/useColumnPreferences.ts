import { isRecord, storedRecord, useStored } from "../../lib/storage";
import type { ColumnPreferences } from "./columns";

/** Which columns a person sees and how wide; remembered under the key. Ids that no longer exist are never looked up. */
export function useColumnPreferences(
  key: string,
): [ColumnPreferences, (change: (previous: ColumnPreferences) => ColumnPreferences) => void] {
  const [record, set] = useStored(storedRecord(key));
  return [read(record), (change) => set((previous) => change(read(previous)))];
}

/** The same, before there is anything to draw. */
export function columnPreferences(key: string): ColumnPreferences {
  return read(storedRecord(key).get());
}

function read(record: Record<string, unknown>): ColumnPreferences {
  return {
    visibility: pick(record.visibility, (value) => typeof value === "boolean"),
    widths: pick(record.widths, (value) => typeof value === "number"),
    pins: pick(record.pins, (value) => value === "start" || value === "end" || value === "none"),
    order: Array.isArray(record.order) ? record.order.filter((id) => typeof id === "string") : [],
  };
}

function pick<T>(value: unknown, accepts: (item: unknown) => boolean): Record<string, T> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, item]) => accepts(item))) as Record<string, T>;
}
