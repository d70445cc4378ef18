import { useEffect, useId, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { revealRow } from "../revealRow";
import { useSize } from "../../lib/useSize";
import { useTypeahead } from "./useTypeahead";
import { VirtualTreeRows } from "./VirtualTreeRows";

export const TREE_ROW = 24;
const TREE_HEADER = 24;
/** Shown beyond a row that was jumped to. */
const CONTEXT_ROWS = 2;

export type TreeRowState = { level: number; isExpandable: boolean; isExpanded: boolean };

export type TreeTableProps = {
  label: string;
  /** Shown rows only: what is collapsed is not counted. */
  count: number;
  rowAt: (index: number) => TreeRowState;
  nameAt: (index: number) => string;
  selected: number;
  onSelect: (index: number) => void;
  onToggle: (index: number, expand: boolean) => void;
  /** `grid-template-columns` of header and rows. */
  columns: string;
  columnCount: number;
  header: ReactNode;
  renderRow: (index: number, toggle: () => void) => ReactNode;
  /** Letters that mean something else on this page and do not start a search by name. */
  reservedKeys: string;
  autoFocus?: boolean;
};

/** Rows of a tree in columns. Arrow keys walk it, selection follows, letters jump to names. */
export function TreeTable({
  label,
  count,
  rowAt,
  nameAt,
  selected,
  onSelect,
  onToggle,
  columns,
  columnCount,
  header,
  renderRow,
  reservedKeys,
  autoFocus = false,
}: TreeTableProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { height } = useSize(scroller);
  const idPrefix = useId();
  const typeahead = useTypeahead(reservedKeys);

  useEffect(() => {
    if (autoFocus) scroller?.focus({ preventScroll: true });
  }, [autoFocus, scroller]);

  useEffect(() => {
    if (!scroller || selected < 0) return;
    revealRow(scroller, selected, { rowHeight: TREE_ROW, headerHeight: TREE_HEADER, context: CONTEXT_ROWS });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a pane of another height may have covered the row
  }, [scroller, selected, height]);

  const parentOf = (index: number): number => {
    const { level } = rowAt(index);
    let candidate = index - 1;
    while (candidate >= 0 && rowAt(candidate).level >= level) candidate--;
    return candidate;
  };

  const move = (index: number) => {
    if (count > 0) onSelect(Math.max(0, Math.min(count - 1, index)));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey || count === 0) return;
    const row = selected >= 0 ? rowAt(selected) : null;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / TREE_ROW) - 2);
    switch (event.key) {
      case "ArrowDown":
        move(selected + 1);
        break;
      case "ArrowUp":
        move(selected - 1);
        break;
      case "PageDown":
        move(selected + page);
        break;
      case "PageUp":
        move(selected - page);
        break;
      case "Home":
        move(0);
        break;
      case "End":
        move(count - 1);
        break;
      case "ArrowRight":
        if (row?.isExpandable && !row.isExpanded) onToggle(selected, true);
        else if (row?.isExpandable) move(selected + 1);
        break;
      case "ArrowLeft":
        if (row?.isExpandable && row.isExpanded) onToggle(selected, false);
        else if (parentOf(selected) >= 0) move(parentOf(selected));
        break;
      default: {
        const found = typeahead(event, count, selected, nameAt);
        if (found === null) return;
        if (found >= 0) move(found);
      }
    }
    event.preventDefault();
  };

  return (
    <div
      ref={setScroller}
      role="treegrid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columnCount}
      aria-activedescendant={selected >= 0 ? `${idPrefix}${selected}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/tree relative min-h-0 grow overflow-x-hidden overflow-y-auto text-meta focus-visible:outline-none"
      style={{ "--columns": columns } as CSSProperties}
    >
      <div role="rowgroup" className="sticky top-0 z-20 bg-surface">
        <div
          role="row"
          aria-rowindex={1}
          className="grid h-6 items-center border-b border-line text-label text-ink-3"
          style={{ gridTemplateColumns: "var(--columns)" }}
        >
          {header}
        </div>
      </div>
      {scroller && (
        <VirtualTreeRows
          scroller={scroller}
          count={count}
          rowHeight={TREE_ROW}
          headerHeight={TREE_HEADER}
          rowAt={rowAt}
          rowId={(index) => `${idPrefix}${index}`}
          selected={selected}
          onSelect={(index) => {
            onSelect(index);
            scroller?.focus({ preventScroll: true });
          }}
          renderRow={(index) => renderRow(index, () => onToggle(index, !rowAt(index).isExpanded))}
        />
      )}
    </div>
  );
}
