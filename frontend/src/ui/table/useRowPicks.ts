import { useRef } from "react";

export type RowPicks = {
  has: (key: string) => boolean;
  count: number;
  toggle: (index: number) => void;
  /** Everything between the last picked row and this one. */
  range: (index: number) => void;
  /** What moving with Shift picks. */
  to: (from: number, index: number) => void;
  all: () => void;
  none: () => void;
};

/** Picking rows with the mouse and the keyboard, the way lists of files do. */
export function useRowPicks<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  selection: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void } | undefined,
): RowPicks | null {
  const anchor = useRef<number | null>(null);
  if (!selection) return null;
  const { keys, onChange } = selection;

  const between = (from: number, to: number) =>
    onChange(
      new Set([
        ...keys,
        ...rows.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1).map((row) => rowKey(row)),
      ]),
    );
  return {
    has: (key) => keys.has(key),
    count: keys.size,
    toggle: (index) => {
      const row = rows[index];
      if (!row) return;
      anchor.current = index;
      const next = new Set(keys);
      if (!next.delete(rowKey(row))) next.add(rowKey(row));
      onChange(next);
    },
    range: (index) => between(anchor.current ?? index, index),
    to: between,
    all: () => onChange(new Set(rows.map((row) => rowKey(row)))),
    none: () => onChange(new Set()),
  };
}
