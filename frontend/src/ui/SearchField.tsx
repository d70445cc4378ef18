import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Button, Input, SearchField as AriaSearchField } from "react-aria-components";
import { cx } from "../lib/cx";
import { common } from "../text/common";
import { Kbd } from "./Kbd";

export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  shortcut,
  inputRef,
  className,
  onKeyDown,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  shortcut?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
  onKeyDown?: (event: React.KeyboardEvent) => void;
}) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      onKeyDown={onKeyDown}
      className={cx("group relative flex h-7 items-center", className)}
    >
      <Search size={14} className="pointer-events-none absolute left-2 text-ink-3" aria-hidden />
      <Input
        ref={inputRef}
        placeholder={placeholder ?? label}
        className="h-7 w-full rounded-control border border-line-strong bg-surface pr-7 pl-7 text-meta text-ink placeholder:text-ink-3 hover:border-control focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent [&::-webkit-search-cancel-button]:hidden"
      />
      {shortcut && (
        <span className="pointer-events-none absolute right-2 hidden group-data-[empty]:block group-focus-within:hidden">
          <Kbd keys={shortcut} />
        </span>
      )}
      <Button
        className="absolute right-1 flex size-5 items-center justify-center rounded-control text-ink-3 hovered:bg-hover hovered:text-ink group-data-[empty]:hidden"
        aria-label={common.clearSearch}
      >
        <X size={12} />
      </Button>
    </AriaSearchField>
  );
}
