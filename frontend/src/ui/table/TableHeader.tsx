import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef } from "react";
import { cx } from "../../lib/cx";
import { useMove } from "../useMove";
import type { ColumnLayout, PlacedColumn } from "./columns";

export type Sort = { column: string; direction: "asc" | "desc" };

const RESIZE_STEP = 16;

export function TableHeader<Row>({
  layout,
  sort,
  onSort,
  onResize,
}: {
  layout: ColumnLayout<Row>;
  sort: Sort | null;
  onSort?: ((sort: Sort) => void) | undefined;
  onResize: (columnId: string, width: number | null) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 grid h-7 border-b border-line bg-surface text-label font-medium text-ink-3 [--row-bg:var(--surface)]"
      style={{ gridTemplateColumns: "var(--columns)" }}
    >
      {layout.columns.map((column, index) => (
        <HeaderCell
          key={column.id}
          column={column}
          index={index}
          sort={sort?.column === column.id ? sort.direction : null}
          onSort={column.canSort && onSort ? (direction) => onSort({ column: column.id, direction }) : null}
          onResize={(width) => onResize(column.id, width)}
        />
      ))}
    </div>
  );
}

function HeaderCell<Row>({
  column,
  index,
  sort,
  onSort,
  onResize,
}: {
  column: PlacedColumn<Row>;
  index: number;
  sort: Sort["direction"] | null;
  onSort: ((direction: Sort["direction"]) => void) | null;
  onResize: (width: number | null) => void;
}) {
  const isEnd = column.align === "end";
  const Arrow = sort === "asc" ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sort === "asc" ? "ascending" : sort === "desc" ? "descending" : onSort ? "none" : undefined}
      title={column.hint}
      className={cx("relative flex min-w-0 items-center", column.stick && "sticky z-10 bg-(--row-bg)")}
      style={column.stick ?? undefined}
    >
      {onSort ? (
        <button
          type="button"
          onClick={() => onSort(sort === "desc" ? "asc" : "desc")}
          onKeyDown={(event) => {
            const step = event.key === "ArrowLeft" ? -RESIZE_STEP : event.key === "ArrowRight" ? RESIZE_STEP : 0;
            if (!event.altKey || step === 0) return;
            event.preventDefault();
            onResize(column.placedWidth + step);
          }}
          className={cx(
            "group flex h-full w-full min-w-0 cursor-default items-center gap-1 px-2 hover:text-ink",
            isEnd && "flex-row-reverse",
            sort && "text-ink",
          )}
        >
          <span className="truncate">{column.title}</span>
          <Arrow size={12} className={cx("shrink-0", !sort && "opacity-0 group-hover:opacity-60")} aria-hidden />
        </button>
      ) : (
        <span className={cx("w-full truncate px-2", isEnd && "text-right")}>{column.title}</span>
      )}
      <ResizeHandle column={column} onResize={onResize} />
    </div>
  );
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
      title="Drag to resize, double-click to reset"
      onDoubleClick={() => onResize(null)}
      {...move}
      className={cx(
        "absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none before:absolute before:inset-y-1.5 before:w-px hover:before:bg-accent active:before:bg-accent",
        fromStart ? "-left-1 before:left-1" : "-right-1 before:right-1",
      )}
    />
  );
}
