import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";
import { cx } from "../lib/cx";

/** With its words, or with a label that only assistive technology hears. */
export function Checkbox({
  children,
  label,
  isSelected,
  isIndeterminate = false,
  isDisabled = false,
  onChange,
  className,
}: {
  children?: ReactNode;
  label?: string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  isDisabled?: boolean;
  onChange: (selected: boolean) => void;
  className?: string;
}) {
  return (
    <AriaCheckbox
      {...(label ? { "aria-label": label } : {})}
      isSelected={isSelected}
      isIndeterminate={isIndeterminate}
      isDisabled={isDisabled}
      onChange={onChange}
      className={cx("group/check flex items-center gap-2 text-body disabled:text-ink-3", className)}
    >
      <CheckBoxMark isSelected={isSelected} isIndeterminate={isIndeterminate} />
      {children}
    </AriaCheckbox>
  );
}

/** The box alone, for rows that are selected by other means. */
export function CheckBoxMark({
  isSelected,
  isIndeterminate = false,
}: {
  isSelected: boolean;
  isIndeterminate?: boolean;
}) {
  const Mark = isIndeterminate ? Minus : Check;
  const isOn = isSelected || isIndeterminate;
  return (
    <span
      aria-hidden
      className={cx(
        "flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border group-data-[focus-visible]/check:outline-2 group-data-[focus-visible]/check:outline-offset-1 group-data-[focus-visible]/check:outline-accent",
        isOn ? "border-accent bg-accent text-on-accent" : "border-control bg-surface",
      )}
    >
      {isOn && <Mark size={11} strokeWidth={3} />}
    </span>
  );
}
