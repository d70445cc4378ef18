import { useSyncExternalStore } from "react";

/** A value kept in local storage. Shapes carry a version; what does not match is dropped, never half read. */
export type Stored<T> = {
  get: () => T;
  set: (next: T | ((previous: T) => T)) => void;
  subscribe: (listener: () => void) => () => void;
};

export function stored<T>(key: string, fallback: T, accepts: (value: unknown) => value is T): Stored<T> {
  const listeners = new Set<() => void>();
  let value = read();

  function read(): T {
    try {
      const parsed: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
      return accepts(parsed) ? parsed : fallback;
    } catch {
      return fallback;
    }
  }

  // Pure rules that read a preference are also tested outside of a browser.
  globalThis.addEventListener?.("storage", (event) => {
    if (event.key !== key) return;
    value = read();
    for (const listener of listeners) listener();
  });

  return {
    get: () => value,
    set: (next) => {
      value = typeof next === "function" ? (next as (previous: T) => T)(value) : next;
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Storage is full or forbidden: the value lives as long as the page.
      }
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStored<T>(store: Stored<T>): [T, Stored<T>["set"]] {
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}

const stores = new Map<string, Stored<Record<string, unknown>>>();

/** One store a key, for keys that are only known at run time (a table of a project, a pane). */
export function storedRecord(key: string): Stored<Record<string, unknown>> {
  let store = stores.get(key);
  if (!store) {
    store = stored<Record<string, unknown>>(key, {}, isRecord);
    stores.set(key, store);
  }
  return store;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
