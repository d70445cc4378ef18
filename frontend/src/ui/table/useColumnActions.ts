import { moveColumn, placeColumn, type Column, type ColumnPreferences, type Pin } from "./columns";
import { notify } from "../../lib/toasts";
import { common } from "../../text/common";
import { tableText } from "../../text/table";
import { useColumnPreferences } from "./useColumnPreferences";

export type ColumnActions = {
  /** Absent where there is nothing to do. */
  moveLeft: (() => void) | null;
  moveRight: (() => void) | null;
  pin: ((to: "start" | "end") => void) | null;
  unpin: (() => void) | null;
  hide: (() => void) | null;
  /** Whether it may be put beside the other one, and doing so. */
  canDrop: (target: string) => boolean;
  drop: (target: string, side: "before" | "behind") => void;
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
    canDrop: (target) => placeColumn(all, preferences, column.id, target, "before") !== null,
    drop: (target, side) => {
      const order = placeColumn(all, preferences, column.id, target, side);
      if (order) change({ order });
    },
  });
  const reset = () => {
    const before = preferences;
    setPreferences(() => ({ visibility: {}, widths: {}, pins: {}, order: [] }));
    notify({
      tone: "info",
      title: tableText.resetDone,
      action: { label: common.undo, run: () => setPreferences(() => before) },
    });
  };
  return { preferences, actionsOf, show, reset };
}
