import { cx } from "../lib/cx";

/** A bar where a text will be. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("skeleton block h-3", className)} />;
}

/** Widths that look like words without being random: the same row has the same shape twice. */
export function skeletonWidth(row: number, column: number): string {
  return `${35 + ((row * 37 + column * 53) % 55)}%`;
}

export function Loading({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-label={label} className="contents">
      {children}
    </div>
  );
}
