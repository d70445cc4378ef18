import { tableText } from "../../text/table";
import { CheckBoxMark } from "../Checkbox";
import type { Column } from "./columns";
import type { RowPicks } from "./useRowPicks";

const WIDTH = 30;

/** A box in front of every row, for the mouse; the keyboard picks with Space. The rows draw it themselves. */
export const CHECK_COLUMN: Column<unknown> = {
  id: "check",
  title: "",
  width: WIDTH,
  minWidth: WIDTH,
  pin: "start",
  canHide: false,
  cell: () => null,
};

export function PickAll({ picks, count }: { picks: RowPicks; count: number }) {
  const isAll = count > 0 && picks.count >= count;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isAll ? tableText.clear : tableText.selectAll}
      onClick={() => (isAll ? picks.none() : picks.all())}
      className="flex h-full w-full items-center justify-center"
    >
      <CheckBoxMark isSelected={isAll} isIndeterminate={!isAll && picks.count > 0} />
    </button>
  );
}

export function PickOne({
  index,
  isPicked,
  onPick,
}: {
  index: number;
  isPicked: boolean;
  onPick: (index: number, isRange: boolean) => void;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={tableText.selectRow(index + 1)}
      aria-pressed={isPicked}
      onClick={(event) => onPick(index, event.shiftKey)}
      className="-mx-2 flex h-full w-[30px] items-center justify-center"
    >
      <CheckBoxMark isSelected={isPicked} />
    </button>
  );
}
