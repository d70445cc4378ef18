import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Link as AriaLink,
  ToggleButton as AriaToggle,
  type PressEvent,
} from "react-aria-components";
import { cx } from "../lib/cx";
import { Kbd } from "./Kbd";
import { Tooltip } from "./Tooltip";

type Look = "default" | "primary" | "danger" | "quiet";

const base =
  "inline-flex h-7 shrink-0 cursor-default items-center justify-center gap-1.5 rounded-control text-meta font-medium whitespace-nowrap select-none disabled:opacity-60";

const looks: Record<Look, string> = {
  default:
    "border border-line-strong bg-surface text-ink disabled:text-ink-3 hovered:bg-hover pressed:bg-pressed dark:bg-raised dark:hovered:bg-pressed",
  primary: "bg-accent text-on-accent hovered:opacity-90 pressed:opacity-80",
  danger: "bg-danger text-on-danger hovered:opacity-90 pressed:opacity-80",
  quiet: "text-ink-2 disabled:text-ink-3 hovered:bg-hover hovered:text-ink pressed:bg-pressed",
};

type ButtonProps = {
  children: ReactNode;
  look?: Look;
  icon?: ReactNode;
  type?: "button" | "submit";
  isDisabled?: boolean;
  /** Something this button began is still going on. */
  isPending?: boolean;
  size?: "medium" | "large";
  onPress?: (event: PressEvent) => void;
  className?: string;
  "aria-label"?: string;
};

export function Button({
  children,
  look = "default",
  icon,
  className,
  size = "medium",
  isPending = false,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      isPending={isPending}
      className={cx(base, looks[look], size === "large" ? "h-8 px-3 text-body" : "px-2.5", className)}
    >
      {isPending ? <LoaderCircle size={14} className="animate-spin" aria-hidden /> : icon}
      {children}
    </AriaButton>
  );
}

type IconButtonProps = {
  label: string;
  icon: ReactNode;
  shortcut?: string;
  isDisabled?: boolean;
  onPress?: (event: PressEvent) => void;
  look?: Look;
  size?: "small" | "medium";
  placement?: "top" | "bottom" | "left" | "right";
};

/** A glyph only; the name is its label and its tooltip. */
export function IconButton({
  label,
  icon,
  shortcut,
  look = "quiet",
  size = "medium",
  placement = "bottom",
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={<Hint label={label} shortcut={shortcut} />} placement={placement}>
      <AriaButton
        {...props}
        aria-label={label}
        className={cx(base, looks[look], size === "small" ? "size-6" : "size-7")}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}

type ToggleButtonProps = Omit<IconButtonProps, "onPress" | "look"> & {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
};

export function IconToggle({
  label,
  icon,
  shortcut,
  placement = "bottom",
  size = "medium",
  ...props
}: ToggleButtonProps) {
  return (
    <Tooltip content={<Hint label={label} shortcut={shortcut} />} placement={placement}>
      <AriaToggle
        {...props}
        aria-label={label}
        className={cx(
          base,
          looks.quiet,
          size === "small" ? "size-6" : "size-7",
          "selected:bg-accent-soft selected:text-accent",
        )}
      >
        {icon}
      </AriaToggle>
    </Tooltip>
  );
}

/** `isDocument`: the server answers that address, not the page's router. */
export function ButtonLink({
  href,
  children,
  look = "default",
  isDocument = false,
}: {
  href: string;
  children: ReactNode;
  look?: Look;
  isDocument?: boolean;
}) {
  const className = cx(base, looks[look], "px-2.5");
  if (isDocument) {
    return (
      <a href={href} className={cx(className, look === "quiet" && "hover:bg-hover hover:text-ink")}>
        {children}
      </a>
    );
  }
  return (
    <AriaLink href={href} className={className}>
      {children}
    </AriaLink>
  );
}

export function Hint({ label, shortcut }: { label: string; shortcut?: string | undefined }) {
  return (
    <span className="inline-flex items-center gap-2">
      {label}
      {shortcut && <Kbd keys={shortcut} />}
    </span>
  );
}
