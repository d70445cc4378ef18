import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, type ReactNode } from "react";
import type { PlacedColumn } from "./columns";
import { TableRow } from "./TableRow";

const OVERSCAN = 6;
/** Rows left below the last visible one, or below the one that is open, when the next page is asked for. */
const LOAD_AHEAD = 8;

/** Only the rows on screen are in the document. */
export function VirtualRows<Row>({
  scroller,
  rows,
  rowKey,
  rowId,
  rowHeight,
  headerHeight,
  columns,
  minWidth,
  activeIndex,
  openIndex,
  compact,
  pickedKeys,
  onPress,
  onPick,
  onNearEnd,
}: {
  scroller: HTMLElement;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowId: (index: number) => string;
  rowHeight: number;
  headerHeight: number;
  columns: PlacedColumn<Row>[];
  minWidth: number | undefined;
  activeIndex: number;
  /** The row that is open beside the table, or -1. */
  openIndex: number;
  compact: ((row: Row) => ReactNode) | null;
  /** Rows that are picked; `null` where nothing can be picked. */
  pickedKeys: ReadonlySet<string> | null;
  onPress: (row: Row, index: number, isRange: boolean) => void;
  onPick: (index: number, isRange: boolean) => void;
  onNearEnd: (() => void) | null;
}) {
  // The virtualizer changes in place, which the compiler cannot see.
  "use no memo";
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: headerHeight,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  // A row that leaves gives its elements to one that comes: making them is what scrolling costs most. Right after the
  // height of the rows has changed there are more of them than have room.
  const slots = Math.max(items.length, Math.ceil(scroller.clientHeight / rowHeight) + 2 * OVERSCAN + 2);
  // Moved elements are laid out anew. They keep their places while one scrolls, and are in order again once that ends.
  const drawn = virtualizer.isScrolling ? items.toSorted((a, b) => (a.index % slots) - (b.index % slots)) : items;
  const isNearEnd = Math.max(items.at(-1)?.index ?? 0, openIndex) >= rows.length - LOAD_AHEAD;
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, rows.length, onNearEnd]);

  return (
    <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize(), minWidth }}>
      {drawn.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        const key = rowKey(row);
        return (
          <TableRow
            key={item.index % slots}
            id={rowId(item.index)}
            row={row}
            index={item.index}
            offset={item.start - headerHeight}
            height={rowHeight}
            columns={columns}
            isActive={item.index === activeIndex}
            isOpen={item.index === openIndex}
            isPicked={pickedKeys?.has(key) ?? null}
            compact={compact}
            onPress={onPress}
            onPick={onPick}
          />
        );
      })}
    </div>
  );
}
