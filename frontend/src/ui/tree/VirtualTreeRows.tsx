import { useVirtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";
import { cx } from "../../lib/cx";
import type { TreeRowState } from "./TreeTable";

const OVERSCAN = 16;

/** Only the rows on screen are in the document. */
export function VirtualTreeRows({
  scroller,
  count,
  rowHeight,
  headerHeight,
  rowAt,
  rowId,
  selected,
  onSelect,
  renderRow,
}: {
  scroller: HTMLElement;
  count: number;
  rowHeight: number;
  headerHeight: number;
  rowAt: (index: number) => TreeRowState;
  rowId: (index: number) => string;
  selected: number;
  onSelect: (index: number) => void;
  renderRow: (index: number) => ReactNode;
}) {
  // The virtualizer changes in place, which the compiler cannot see.
  "use no memo";
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: headerHeight,
  });
  return (
    <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const row = rowAt(index);
        const isSelected = index === selected;
        return (
          <div
            key={index}
            id={rowId(index)}
            role="row"
            aria-rowindex={index + 2}
            aria-level={row.level + 1}
            aria-expanded={row.isExpandable ? row.isExpanded : undefined}
            aria-selected={isSelected}
            onClick={() => onSelect(index)}
            className={cx(
              "absolute inset-x-0 top-0 grid cursor-default items-center",
              isSelected
                ? "bg-selected group-focus-visible/tree:outline group-focus-visible/tree:-outline-offset-1 group-focus-visible/tree:outline-accent"
                : "hover:bg-hover",
            )}
            style={{
              height: rowHeight,
              transform: `translateY(${start - headerHeight}px)`,
              gridTemplateColumns: "var(--columns)",
            }}
          >
            {renderRow(index)}
          </div>
        );
      })}
    </div>
  );
}
