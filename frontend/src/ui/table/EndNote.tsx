import type { ReactNode } from "react";

/** Below the last row: says that this is all. */
export function EndNote({ children }: { children: ReactNode }) {
  return <p className="py-3 text-center text-label text-ink-3">{children}</p>;
}
