import { createContext, useContext } from "react";
import type { TimeRange } from "../../lib/timeRange";

export type ProjectScope = {
  id: string;
  name: string;
  hasTraces: boolean;
  range: TimeRange;
  /** What is asked of the server: the range, anchored at the moment of the last refresh. */
  timeRange: { start?: string; end?: string };
  /** The moment of the last refresh. */
  anchor: Date;
  /** Grows with every refresh; tables read again when it does. */
  fetchKey: number;
  refresh: () => void;
  live: {
    isOn: boolean;
    toggle: () => void;
    /** Something was stored since the last refresh. */
    isStale: boolean;
    /** Changes whenever something is stored, while live. */
    version: string;
  };
};

const Context = createContext<ProjectScope | null>(null);

export const ProjectProvider = Context.Provider;

export function useProject(): ProjectScope {
  const scope = useContext(Context);
  if (!scope) throw new Error("Only the pages of a project have one.");
  return scope;
}
