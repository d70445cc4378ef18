import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { lazily } from "../../lib/code";
import { cx } from "../../lib/cx";
import { tableText } from "../../text/table";
import { useSortPress } from "../../lib/useSortPress";
import { Opening } from "../Opening";
import { useMove } from "../useMove";
import { CHECK_COLUMN } from "./checkColumn";
import { useColumnDrag, type Landing } from "./useColumnDrag";
import type { ColumnLayout, PlacedColumn } from "./columns";
import type { ColumnActions } from "./useColumnActions";

const HeaderMenu = lazily(async () => (await import("./HeaderMenu")).HeaderMenu);

export type Sort = { column: string; direction: "asc" | "desc" };

const RESIZE_STEP = 16;

export function TableHeader<Row>({
  layout,
  sort,
  onSort,
  onResize,
  actionsOf,
  pickAll,
}: {
  layout: ColumnLayout<Row>;
  sort: Sort | null;
  onSort?: ((sort: Sort) => void) | undefined;
  onResize: (columnId: string, width: number | null) => void;
  actionsOf: (column: PlacedColumn<Row>) => ColumnActions;
  /** Over the boxes of the rows. */
  pickAll: ReactNode;
}) {
  const [landing, setLanding] = useState<Landing | null>(null);
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 grid h-7 border-b border-line bg-surface text-label font-medium text-ink-3 [--row-bg:var(--surface)]"
      style={{ gridTemplateColumns: "var(--columns)" }}
    >
      {layout.columns.map((column, index) =>
        column.head !== undefined || column.id === CHECK_COLUMN.id ? (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index + 1}
            className={cx(column.stick && "sticky z-10 bg-(--row-bg)")}
            style={column.stick ?? undefined}
          >
            {column.head ?? pickAll}
          </div>
        ) : (
          <HeaderCell
            key={column.id}
            column={column}
            index={index}
            isFirst={index === layout.columns.findIndex(({ id, head }) => head === undefined && id !== CHECK_COLUMN.id)}
            sort={sort?.column === column.id ? sort.direction : null}
            onSort={column.canSort && onSort ? (direction) => onSort({ column: column.id, direction }) : null}
            onResize={(width) => onResize(column.id, width)}
            actions={actionsOf(column)}
            landing={landing?.target === column.id ? landing.side : null}
            onLanding={setLanding}
          />
        ),
      )}
    </div>
  );
}

/** Pressing sorts, or opens the column's menu where there is no order; the menu key and the right button always do. */
function HeaderCell<Row>({
  column,
  index,
  isFirst,
  sort,
  onSort,
  onResize,
  actions,
  landing,
  onLanding,
}: {
  column: PlacedColumn<Row>;
  index: number;
  isFirst: boolean;
  sort: Sort["direction"] | null;
  onSort: ((direction: Sort["direction"]) => void) | null;
  onResize: (width: number | null) => void;
  actions: ColumnActions;
  /** Where beside this column another one would be put. */
  landing: Landing["side"] | null;
  onLanding: (landing: Landing | null) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const turn = useSortPress(sort, (direction) => onSort?.(direction));
  const drag = useColumnDrag(actions.canDrop, actions.drop, onLanding);
  const isEnd = column.align === "end";
  const Arrow = sort === "asc" ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      data-column={column.id}
      aria-sort={sort === "asc" ? "ascending" : sort === "desc" ? "descending" : onSort ? "none" : undefined}
      title={column.hint}
      className={cx(
        "relative flex min-w-0 items-center",
        column.stick && "sticky z-10 bg-(--row-bg)",
        drag.isDragged && "opacity-50",
        landing &&
          "before:pointer-events-none before:absolute before:inset-y-0 before:z-20 before:w-0.5 before:bg-accent",
        landing === "before" && "before:left-0",
        landing === "behind" && "before:right-0",
      )}
      style={column.stick ?? undefined}
    >
      <button
        ref={button}
        type="button"
        // The table is one Tab stop; its columns are walked with the arrow keys of the header.
        tabIndex={isFirst ? 0 : -1}
        {...drag.handlers}
        onClick={() => {
          if (drag.endsDrag()) return;
          if (onSort) turn();
          else setMenuOpen(true);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenuOpen(true);
        }}
        onKeyDown={(event) => {
          const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
          if (event.altKey && step !== 0) onResize(column.placedWidth + step * RESIZE_STEP);
          else if (step !== 0) neighbour(button.current, step)?.focus();
          else if (event.altKey && event.key === "ArrowDown") setMenuOpen(true);
          else return;
          event.preventDefault();
        }}
        className={cx(
          "group flex h-full w-full min-w-0 cursor-default items-center gap-1 px-2 hover:text-ink",
          isEnd && "flex-row-reverse",
          sort && "text-ink",
        )}
      >
        <span className="truncate">{column.title}</span>
        {onSort && (
          <Arrow size={12} className={cx("shrink-0", !sort && "opacity-0 group-hover:opacity-60")} aria-hidden />
        )}
      </button>
      {isMenuOpen && (
        <Opening onClose={() => setMenuOpen(false)}>
          <HeaderMenu
            title={column.title}
            triggerRef={button}
            actions={actions}
            onSort={onSort}
            onClose={() => setMenuOpen(false)}
          />
        </Opening>
      )}
      <ResizeHandle column={column} onResize={onResize} />
    </div>
  );
}

function neighbour(button: HTMLElement | null, step: -1 | 1): HTMLElement | null {
  const buttons = [
    ...(button?.closest("[role=row]")?.querySelectorAll<HTMLElement>("[role=columnheader] button") ?? []),
  ];
  return buttons[buttons.findIndex((each) => each === button) + step] ?? null;
}

function ResizeHandle<Row>({
  column,
  onResize,
}: {
  column: PlacedColumn<Row>;
  onResize: (width: number | null) => void;
}) {
  const origin = useRef<{ x: number; width: number } | null>(null);
  // A column pinned to the end keeps its right edge, so it is pulled from the left one.
  const fromStart = column.pin === "end";
  const move = useMove(
    (x) => {
      origin.current ??= { x, width: column.placedWidth };
      const moved = x - origin.current.x;
      onResize(Math.max(column.minWidth, origin.current.width + (fromStart ? -moved : moved)));
    },
    () => {
      origin.current = null;
    },
  );
  return (
    <span
      aria-hidden
      title={tableText.resizeHint}
      onDoubleClick={() => onResize(null)}
      {...move}
      className={cx(
        "absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none before:absolute before:inset-y-1.5 before:w-px hover:before:bg-accent active:before:bg-accent",
        fromStart ? "-left-1 before:left-1" : "-right-1 before:right-1",
      )}
    />
  );
}
