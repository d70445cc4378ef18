import { createContext, use, useState } from "react";

export type Cursor = { time: number | null; move: (time: number | null) => void };

/** One moment for all charts that stand together. */
export const CursorContext = createContext<Cursor>({ time: null, move: () => {} });

export function useCursorState(): Cursor {
  const [time, move] = useState<number | null>(null);
  return { time, move };
}

export function useCursor(): Cursor {
  return use(CursorContext);
}
