import { createContext, useContext, useSyncExternalStore } from "react";

/** A row of the list behind the drawer: the trace it opens and the span selected in it. */
export type SequenceRow = { traceId: string; spanId: string | null };

type Listener = () => void;

/** The loaded rows, told by the table to the drawer beside it, so that j and k walk through them. */
export class RowSequence {
  private rows: readonly SequenceRow[] = [];
  private readonly listeners = new Set<Listener>();

  readonly get = (): readonly SequenceRow[] => this.rows;

  readonly set = (rows: readonly SequenceRow[]): void => {
    this.rows = rows;
    for (const listener of this.listeners) listener();
  };

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

const Context = createContext<RowSequence | null>(null);

export const RowSequenceProvider = Context.Provider;

export function useRowSequence(): readonly SequenceRow[] {
  const sequence = useContext(Context);
  if (!sequence) throw new Error("A trace drawer lies over a table.");
  return useSyncExternalStore(sequence.subscribe, sequence.get);
}
