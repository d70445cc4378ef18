import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EyeOff, Pin, PinOff } from "lucide-react";
import type { RefObject } from "react";
import { Menu as AriaMenu } from "react-aria-components";
import { tableText } from "../../text/table";
import { MenuItem } from "../Menu";
import { Popover } from "../Popover";
import type { ColumnActions } from "./useColumnActions";

/** What can be done with a column where it stands. */
export function HeaderMenu({
  title,
  triggerRef,
  actions,
  onSort,
  onClose,
}: {
  title: string;
  triggerRef: RefObject<HTMLElement | null>;
  actions: ColumnActions;
  onSort: ((direction: "asc" | "desc") => void) | null;
  onClose: () => void;
}) {
  const { moveLeft, moveRight, pin, unpin, hide } = actions;
  return (
    <Popover triggerRef={triggerRef} isOpen onOpenChange={(open) => !open && onClose()} placement="bottom start">
      <AriaMenu
        aria-label={tableText.options(title)}
        autoFocus="first"
        onClose={onClose}
        className="min-w-44 p-1 outline-none"
      >
        {onSort && (
          <MenuItem icon={<ArrowUp size={14} />} onAction={() => onSort("asc")}>
            {tableText.sortAscending}
          </MenuItem>
        )}
        {onSort && (
          <MenuItem icon={<ArrowDown size={14} />} onAction={() => onSort("desc")}>
            {tableText.sortDescending}
          </MenuItem>
        )}
        {moveLeft && (
          <MenuItem icon={<ArrowLeft size={14} />} onAction={moveLeft}>
            {tableText.moveLeft}
          </MenuItem>
        )}
        {moveRight && (
          <MenuItem icon={<ArrowRight size={14} />} onAction={moveRight}>
            {tableText.moveRight}
          </MenuItem>
        )}
        {pin && (
          <MenuItem icon={<Pin size={14} />} onAction={() => pin("start")}>
            {tableText.pinStart}
          </MenuItem>
        )}
        {pin && (
          <MenuItem icon={<Pin size={14} />} onAction={() => pin("end")}>
            {tableText.pinEnd}
          </MenuItem>
        )}
        {unpin && (
          <MenuItem icon={<PinOff size={14} />} onAction={unpin}>
            {tableText.unpin}
          </MenuItem>
        )}
        {hide && (
          <MenuItem icon={<EyeOff size={14} />} onAction={hide}>
            {tableText.hide}
          </MenuItem>
        )}
      </AriaMenu>
    </Popover>
  );
}
