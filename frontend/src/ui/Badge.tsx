import type { ReactNode } from "react";
import { cx } from "../lib/cx";

export type Tone = "neutral" | "danger" | "warning" | "success" | "info" | "accent";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2 dark:bg-raised",
  danger: "bg-danger-soft text-danger",
  warning: "bg-warning-soft text-warning",
  success: "bg-success-soft text-success",
  info: "bg-info-soft text-info",
  accent: "bg-accent-soft text-accent",
};

export function Badge({ children, tone = "neutral" }: { children: ReactNode; tone?: Tone }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-control px-1.5 text-label font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
