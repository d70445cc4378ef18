import { moveColumn, type Column, type ColumnPreferences, type Pin } from "./columns";
import { useColumnPreferences } from "./useColumnPreferences";

export type ColumnActions = {
  /** Absent where there is nothing to do. */
  moveLeft: (() => void) | null;
  moveRight: (() => void) | null;
  pin: ((to: "start" | "end") => void) | null;
  unpin: (() => void) | null;
  hide: (() => void) | null;
};

/** Changes of the layout of one table, for its header and its column menu. */
export function useColumnActions<Row>(storageKey: string, all: Column<Row>[]) {
  const [preferences, setPreferences] = useColumnPreferences(storageKey);
  const change = (part: Partial<ColumnPreferences>) => setPreferences((previous) => ({ ...previous, ...part }));

  const move = (id: string, step: -1 | 1) => {
    const order = moveColumn(all, preferences, id, step);
    return order && (() => change({ order }));
  };
  const setPin = (id: string, pin: Pin) => change({ pins: { ...preferences.pins, [id]: pin } });
  const show = (id: string, isShown: boolean) => change({ visibility: { ...preferences.visibility, [id]: isShown } });

  const actionsOf = (column: Column<Row>): ColumnActions => ({
    moveLeft: move(column.id, -1),
    moveRight: move(column.id, 1),
    pin: column.pin ? null : (to) => setPin(column.id, to),
    unpin: column.pin ? () => setPin(column.id, "none") : null,
    hide: column.canHide === false ? null : () => show(column.id, false),
  });
  const reset = () => setPreferences(() => ({ visibility: {}, widths: {}, pins: {}, order: [] }));
  return { preferences, actionsOf, show, reset };
}
