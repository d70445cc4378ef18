import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  MenuSection,
  Header,
  type Selection,
} from "react-aria-components";
import { Kbd } from "./Kbd";
import { Popover } from "./Popover";
import { common } from "../text/common";

export function Menu({
  trigger,
  label,
  children,
  placement = "bottom end",
}: {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  placement?: "bottom end" | "bottom start" | "right bottom";
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement}>
        <AriaMenu aria-label={label} className="min-w-44 p-1 outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

const item =
  "flex h-7 cursor-default items-center gap-2 rounded-control px-2 text-body text-ink outline-none data-[focused]:bg-hover dark:data-[focused]:bg-pressed disabled:text-ink-3";

const section = "not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1";

export function MenuItem({
  children,
  icon,
  shortcut,
  onAction,
}: {
  children: string;
  icon?: ReactNode;
  shortcut?: string;
  onAction: () => void;
}) {
  return (
    <AriaMenuItem onAction={onAction} textValue={children} className={item}>
      <span className="text-ink-3">{icon}</span>
      <span className="grow">{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </AriaMenuItem>
  );
}

/** Actions that belong together, under a title. */
export function MenuActions({
  title,
  actions,
}: {
  title: string;
  actions: { id: string; label: string; icon: ReactNode; run: () => void }[];
}) {
  return (
    <MenuSection aria-label={title} className={section}>
      <Header className="px-2 py-1 text-label text-ink-3">{title}</Header>
      {actions.map(({ id, label, icon, run }) => (
        <AriaMenuItem key={id} id={id} onAction={run} textValue={label} className={item}>
          <span className="text-ink-3">{icon}</span>
          <span className="grow">{label}</span>
        </AriaMenuItem>
      ))}
    </MenuSection>
  );
}

export function MenuChoices({
  title,
  mode,
  choices,
  selected,
  onChange,
}: {
  title?: string;
  mode: "single" | "multiple";
  choices: { id: string; label: string; isDisabled?: boolean }[];
  selected: string[];
  onChange: (ids: string[]) => void;
}) {
  const change = (keys: Selection) => onChange(keys === "all" ? choices.map(({ id }) => id) : [...keys].map(String));
  return (
    <MenuSection
      aria-label={title ?? common.choices}
      selectionMode={mode}
      disallowEmptySelection={mode === "single"}
      selectedKeys={selected}
      onSelectionChange={change}
      className={section}
    >
      {title && <Header className="px-2 py-1 text-label text-ink-3">{title}</Header>}
      {choices.map((choice) => (
        <AriaMenuItem
          key={choice.id}
          id={choice.id}
          textValue={choice.label}
          isDisabled={choice.isDisabled ?? false}
          className={item}
        >
          {({ isSelected }) => (
            <>
              <Check size={14} className={isSelected ? "text-accent" : "invisible"} />
              <span className="grow">{choice.label}</span>
            </>
          )}
        </AriaMenuItem>
      ))}
    </MenuSection>
  );
}
