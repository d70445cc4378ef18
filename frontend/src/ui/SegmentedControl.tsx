import type { ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Tooltip } from "./Tooltip";

/** One of a few, all visible. */
export function SegmentedControl<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: { value: T; label: string; icon?: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex h-7 w-fit shrink-0 items-center gap-0.5 rounded-control border border-line bg-sunken p-0.5"
    >
      {options.map((option) => {
        const button = (
          <ToggleButton
            key={option.value}
            id={option.value}
            {...(option.icon ? { "aria-label": option.label } : {})}
            className="inline-flex h-[22px] min-w-6 cursor-default items-center justify-center gap-1 rounded-[3px] px-1.5 text-meta font-medium text-ink-3 hovered:text-ink selected:bg-surface selected:text-ink selected:shadow-[0_0_0_1px_var(--line)] dark:selected:bg-pressed"
          >
            {option.icon ?? option.label}
          </ToggleButton>
        );
        return option.icon ? (
          <Tooltip key={option.value} content={option.label}>
            {button}
          </Tooltip>
        ) : (
          button
        );
      })}
    </ToggleButtonGroup>
  );
}
