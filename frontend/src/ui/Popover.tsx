import type { ReactNode } from "react";
import { Popover as AriaPopover, type PopoverProps } from "react-aria-components";
import { cx } from "../lib/cx";

export function Popover({
  children,
  className,
  ...props
}: Omit<PopoverProps, "className" | "children"> & { children: ReactNode; className?: string }) {
  return (
    <AriaPopover
      offset={6}
      {...props}
      className={cx(
        "overflow-auto rounded-surface bg-raised shadow-overlay outline-none transition-opacity entering:opacity-0 exiting:opacity-0",
        className,
      )}
    >
      {children}
    </AriaPopover>
  );
}
