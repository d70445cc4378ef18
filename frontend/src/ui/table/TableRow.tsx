import { memo, type MouseEvent, type ReactNode } from "react";
import { cx } from "../../lib/cx";
import { CHECK_COLUMN, PickOne } from "./checkColumn";
import type { PlacedColumn } from "./columns";

type RowProps<Row> = {
  row: Row;
  id: string;
  index: number;
  offset: number;
  height: number;
  columns: PlacedColumn<Row>[];
  isActive: boolean;
  isOpen: boolean;
  /** `null` where rows cannot be picked. */
  isPicked: boolean | null;
  compact: ((row: Row) => ReactNode) | null;
  onPress: (row: Row, index: number, isRange: boolean) => void;
  onPick: (index: number, isRange: boolean) => void;
};

/** Links and buttons inside a row work alone, and a modified click belongs to the browser. */
function isOwnClick(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey) return false;
  return !(event.target instanceof Element && event.target.closest("a, button"));
}

function Row<Row>({
  row,
  id,
  index,
  offset,
  height,
  columns,
  isActive,
  isOpen,
  isPicked,
  compact,
  onPress,
  onPick,
}: RowProps<Row>) {
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isPicked ?? isOpen}
      // A range is picked, not a text.
      onMouseDown={(event) => event.shiftKey && isPicked !== null && event.preventDefault()}
      onClick={(event) => isOwnClick(event) && onPress(row, index, event.shiftKey)}
      className={cx(
        "group/row absolute inset-x-0 top-0 cursor-default border-b contain-strict border-line/60 bg-(--row-bg)",
        compact ? "block" : "grid",
        isOpen || isPicked ? "[--row-bg:var(--selected)]" : "[--row-bg:var(--surface)] hover:[--row-bg:var(--hover)]",
        // Over the pinned cells, which would hide an outline of the row itself.
        isActive &&
          "after:pointer-events-none after:absolute after:inset-0 after:z-[2] after:border-accent group-focus/grid:after:border-2",
      )}
      style={{
        transform: `translateY(${offset}px)`,
        height,
        ...(compact ? {} : { gridTemplateColumns: "var(--columns)" }),
      }}
    >
      {compact ? (
        <div role="gridcell" className="h-full">
          {compact(row)}
        </div>
      ) : (
        columns.map((column, columnIndex) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={columnIndex + 1}
            className={cx(
              "flex min-w-0 items-center px-2",
              column.align === "end" && "justify-end text-right",
              column.stick && "sticky z-[1] bg-(--row-bg)",
            )}
            style={column.stick ?? undefined}
          >
            {column.id === CHECK_COLUMN.id ? (
              <PickOne index={index} isPicked={isPicked ?? false} onPick={onPick} />
            ) : (
              column.cell(row)
            )}
          </div>
        ))
      )}
    </div>
  );
}

export const TableRow = memo(Row) as typeof Row;
