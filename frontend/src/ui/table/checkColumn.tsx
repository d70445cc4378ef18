import { tableText } from "../../text/table";
import { CheckBoxMark } from "../Checkbox";
import type { Column } from "./columns";
import type { RowPicks } from "./useRowPicks";

export const CHECK_COLUMN = "check";
const WIDTH = 30;

/** A box in front of every row, for the mouse; the keyboard picks with Space. */
export function checkColumn<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  picks: RowPicks | null,
): Column<Row> {
  const isAll = picks !== null && rows.length > 0 && picks.count >= rows.length;
  return {
    id: CHECK_COLUMN,
    title: "",
    head: (
      <button
        type="button"
        tabIndex={-1}
        aria-label={isAll ? tableText.clear : tableText.selectAll}
        onClick={() => (isAll ? picks?.none() : picks?.all())}
        className="flex h-full w-full items-center justify-center"
      >
        <CheckBoxMark isSelected={isAll} isIndeterminate={!isAll && (picks?.count ?? 0) > 0} />
      </button>
    ),
    width: WIDTH,
    minWidth: WIDTH,
    pin: "start",
    canHide: false,
    cell: (row) => {
      const key = rowKey(row);
      const index = rows.indexOf(row);
      return (
        <button
          type="button"
          tabIndex={-1}
          aria-label={tableText.selectRow(index + 1)}
          aria-pressed={picks?.has(key) ?? false}
          onClick={(event) => {
            if (event.shiftKey) picks?.range(index);
            else picks?.toggle(index);
          }}
          className="-mx-2 flex h-full w-[30px] items-center justify-center"
        >
          <CheckBoxMark isSelected={picks?.has(key) ?? false} />
        </button>
      );
    },
  };
}
