import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from "react";
import { revealRow } from "../revealRow";
import { useSize } from "../../lib/useSize";
import { useStable } from "../../lib/useStable";
import { CellOverlays } from "./CellOverlays";
import { layoutColumns, type Column } from "./columns";
import { SkeletonRows } from "./SkeletonRows";
import { TableHeader, type Sort } from "./TableHeader";
import { CHECK_COLUMN, PickAll } from "./checkColumn";
import { useColumnActions } from "./useColumnActions";
import { useColumnPreferences } from "./useColumnPreferences";
import { useRowPicks } from "./useRowPicks";
import { VirtualRows } from "./VirtualRows";

const HEADER = 28;
const COMPACT_BELOW = 600;
const COMPACT_ROW = 56;
const NO_ROWS: readonly never[] = [];
/** For a table that is still loading: the boxes have their place. */
export const NOTHING_PICKED = { keys: new Set<string>(), onChange: () => {} };

export type TableHandle = { scrollToTop: () => void; focus: () => void };

export type DataTableProps<Row> = {
  label: string;
  /** Where widths and visibility are remembered. */
  storageKey: string;
  columns: Column<Row>[];
  /** `null` while the first page loads: the skeleton has the geometry of the rows. */
  rows: readonly Row[] | null;
  rowKey: (row: Row) => string;
  rowHeight: number;
  onOpen: (row: Row) => void;
  /** The row whose details are open beside the table. */
  openKey?: string | null;
  sort?: Sort | null;
  onSort?: ((sort: Sort) => void) | undefined;
  /** Asked for when the end comes near; `null` when there is no more. */
  onLoadMore?: (() => void) | null;
  onScrolled?: (isAtTop: boolean) => void;
  /** Two lines for narrow screens. */
  compact: (row: Row) => ReactNode;
  empty: ReactNode;
  end?: ReactNode;
  handle?: Ref<TableHandle>;
  /** Rows picked to do something with; without it the table has no check boxes. */
  selection?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void };
  /** The row that the keyboard is on. */
  onActive?: (row: Row) => void;
};

/** Rows of one height, virtualised. Arrow keys move, Enter opens, Escape is left to the page. */
export function DataTable<Row>({
  label,
  storageKey,
  columns,
  rows,
  rowKey,
  rowHeight: wideRowHeight,
  onOpen,
  openKey = null,
  sort = null,
  onSort,
  onLoadMore = null,
  onScrolled,
  compact,
  empty,
  end,
  handle,
  selection,
  onActive,
}: DataTableProps<Row>) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const [preferences, setPreferences] = useColumnPreferences(storageKey);
  const { actionsOf } = useColumnActions(storageKey, columns);
  const picks = useRowPicks(rows ?? NO_ROWS, rowKey, selection);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [seenOpenKey, setSeenOpenKey] = useState(openKey);
  if (openKey !== seenOpenKey) {
    setSeenOpenKey(openKey);
    // The keyboard goes on from what was opened last, by whatever means.
    if (openKey !== null) setActiveKey(openKey);
  }
  const idPrefix = useId();

  const isCompact = width > 0 && width < COMPACT_BELOW;
  const rowHeight = isCompact ? COMPACT_ROW : wideRowHeight;
  const headerHeight = isCompact ? 0 : HEADER;
  const hasChecks = selection !== undefined && !isCompact;
  const layout = layoutColumns(hasChecks ? [CHECK_COLUMN, ...columns] : columns, preferences, width);
  const count = rows?.length ?? 0;
  const minWidth = isCompact ? undefined : layout.totalWidth;

  useImperativeHandle(handle, () => ({
    scrollToTop: () => scroller?.scrollTo({ top: 0 }),
    focus: () => grid.current?.focus({ preventScroll: true }),
  }));

  const indexOf = (key: string | null) =>
    key === null || rows === null ? -1 : rows.findIndex((row) => rowKey(row) === key);
  const ownIndex = indexOf(activeKey);
  const openIndex = indexOf(openKey);
  const activeIndex = ownIndex >= 0 ? ownIndex : openIndex;

  // Whoever walks on from what is open finds the list where it is.
  const revealOpen = useEffectEvent(() => {
    if (scroller && openIndex >= 0) revealRow(scroller, openIndex, { rowHeight, headerHeight });
  });
  useEffect(() => {
    if (openKey !== null) revealOpen();
  }, [openKey]);

  const activate = (index: number) => {
    const bounded = Math.max(0, Math.min(count - 1, index));
    const row = rows?.[bounded];
    if (!row || !scroller) return;
    setActiveKey(rowKey(row));
    onActive?.(row);
    revealRow(scroller, bounded, { rowHeight, headerHeight });
  };

  const open = (row: Row) => {
    setActiveKey(rowKey(row));
    onActive?.(row);
    onOpen(row);
  };

  // The rows on screen are drawn anew when what they are given changes, so these stay the same.
  const press = useStable((row: Row, index: number, isRange: boolean) => {
    if (isRange && picks) picks.range(index);
    else open(row);
  });
  const pick = useStable((index: number, isRange: boolean) => {
    if (isRange) picks?.range(index);
    else picks?.toggle(index);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const isCommand = event.metaKey || event.ctrlKey;
    if (isCommand && event.key === "a" && picks) {
      picks.all();
      event.preventDefault();
    }
    if (isCommand) return;
    const page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: count - 1,
    };
    const target = moves[event.key];
    const active = rows?.[activeIndex];
    if (target !== undefined) {
      activate(target);
      if (event.shiftKey && picks) picks.to(activeIndex, Math.max(0, Math.min(count - 1, target)));
    } else if (event.key === " " && active && picks) picks.toggle(activeIndex);
    else if (event.key === "Enter" && active) open(active);
    else return;
    event.preventDefault();
  };

  const resize = (columnId: string, next: number | null) =>
    setPreferences((previous) => {
      const { [columnId]: _, ...others } = previous.widths;
      return { ...previous, widths: next === null ? others : { ...others, [columnId]: Math.round(next) } };
    });

  return (
    <div
      ref={setScroller}
      onScroll={(event) => onScrolled?.(event.currentTarget.scrollTop < rowHeight)}
      className="relative min-h-0 grow overflow-auto bg-surface text-meta"
    >
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={onLoadMore ? -1 : count + 1}
        aria-colcount={layout.columns.length}
        aria-busy={rows === null}
        aria-multiselectable={selection ? true : undefined}
        aria-activedescendant={activeIndex >= 0 ? `${idPrefix}${activeIndex}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="group/grid focus-visible:outline-none"
        style={{ "--columns": layout.template } as CSSProperties}
      >
        <div role="rowgroup" className={isCompact ? "sr-only" : "sticky top-0 z-20"} style={{ minWidth }}>
          <TableHeader
            layout={layout}
            sort={sort}
            onSort={onSort}
            onResize={resize}
            actionsOf={actionsOf}
            pickAll={picks && <PickAll picks={picks} count={count} />}
          />
        </div>
        <CellOverlays>
          {rows === null ? (
            <SkeletonRows columns={isCompact ? null : layout.columns} rowHeight={rowHeight} />
          ) : (
            scroller && (
              <VirtualRows
                scroller={scroller}
                rows={rows}
                rowKey={rowKey}
                rowId={(index) => `${idPrefix}${index}`}
                rowHeight={rowHeight}
                headerHeight={headerHeight}
                columns={layout.columns}
                minWidth={minWidth}
                activeIndex={activeIndex}
                openIndex={openIndex}
                compact={isCompact ? compact : null}
                pickedKeys={selection?.keys ?? null}
                onPress={press}
                onPick={pick}
                onNearEnd={onLoadMore}
              />
            )
          )}
        </CellOverlays>
      </div>
      {rows !== null && count === 0 && empty}
      {rows !== null && count > 0 && !onLoadMore && end}
    </div>
  );
}
