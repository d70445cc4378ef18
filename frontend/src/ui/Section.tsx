import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { cx } from "../lib/cx";

/** A titled part of a pane, with its own tools at the right. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-2 px-4 py-3 not-first:border-t not-first:border-line">
      <header className="flex min-h-6 items-center gap-2">
        <h4 className="text-meta font-semibold">{title}</h4>
        {note && <span className="min-w-0 truncate text-meta text-ink-3">{note}</span>}
        {actions && <div className="ml-auto flex shrink-0 items-center gap-1">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** A line that opens. */
export function Disclosure({
  title,
  note,
  actions,
  isInitiallyOpen = false,
  children,
}: {
  title: ReactNode;
  /** Shown while closed: what is inside, on one line. */
  note?: ReactNode;
  actions?: ReactNode;
  isInitiallyOpen?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(isInitiallyOpen);
  return (
    <div className="rounded-surface border border-line">
      <div className="flex h-8 items-center pr-1">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-full min-w-0 grow cursor-default items-center gap-1.5 rounded-surface px-2 text-left text-meta hover:bg-hover"
        >
          <ChevronRight size={13} className={cx("shrink-0 text-ink-3 transition-transform", isOpen && "rotate-90")} />
          <span className="shrink-0 font-medium">{title}</span>
          {!isOpen && <span className="min-w-0 truncate text-ink-3">{note}</span>}
        </button>
        {actions}
      </div>
      {isOpen && <div className="border-t border-line px-3 py-2.5">{children}</div>}
    </div>
  );
}
