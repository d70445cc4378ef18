import { useSyncExternalStore } from "react";

/** What just happened, said beside the work. Failures stay until they are read. */
export type Toast = {
  id: number;
  tone: "success" | "danger" | "info";
  title: string;
  message?: string;
  action?: { label: string; run: () => void };
  /** Runs when it goes away without the action: what can be undone is done then. */
  onExpire?: () => void;
  staysFor: number | null;
};

const SHORT_MS = 5000;
const MOST = 4;

let toasts: readonly Toast[] = [];
let ids = 0;
const listeners = new Set<() => void>();

export function notify(toast: Omit<Toast, "id" | "staysFor"> & { staysFor?: number | null }): number {
  ids++;
  const staysFor = toast.staysFor === undefined ? (toast.tone === "danger" ? null : SHORT_MS) : toast.staysFor;
  const kept = [...toasts, { ...toast, id: ids, staysFor }];
  for (const dropped of kept.slice(0, -MOST)) dropped.onExpire?.();
  change(kept.slice(-MOST));
  return ids;
}

/** Takes it away; what it would still have done is done. */
export function dismiss(id: number): void {
  const toast = toasts.find((candidate) => candidate.id === id);
  if (!toast) return;
  change(toasts.filter((other) => other !== toast));
  toast.onExpire?.();
}

/** Takes the way it offers, and nothing else. */
export function act(id: number): void {
  const toast = toasts.find((candidate) => candidate.id === id);
  if (!toast) return;
  change(toasts.filter((other) => other !== toast));
  toast.action?.run();
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
