import type { ReactNode } from "react";

/** One sentence, one next step. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      {icon && <div className="mb-1 text-ink-3">{icon}</div>}
      <h2 className="text-section font-semibold">{title}</h2>
      {children && <div className="max-w-110 text-body text-ink-2">{children}</div>}
      {actions && <div className="mt-2 flex gap-2">{actions}</div>}
    </div>
  );
}

/** Inside a card or a pane. */
export function EmptyNote({ children }: { children: ReactNode }) {
  return <p className="px-4 py-6 text-center text-meta text-ink-3">{children}</p>;
}
