import { useSyncExternalStore } from "react";

let newest: string | null = null;
const listeners = new Set<() => void>();

/** Something of this name was annotated on this page; lists of names may not have it yet. */
export function announce(name: string): void {
  newest = name;
  for (const listener of listeners) listener();
}

/** The name annotated last; `null` while nothing has been. */
export function useNewestName(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => newest,
  );
}
