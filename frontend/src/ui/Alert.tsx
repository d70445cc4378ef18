import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../lib/cx";

export type AlertTone = "info" | "success" | "warning" | "danger";

const looks: Record<AlertTone, { box: string; Icon: typeof Info }> = {
  info: { box: "bg-info-soft text-info", Icon: Info },
  success: { box: "bg-success-soft text-success", Icon: CircleCheck },
  warning: { box: "bg-warning-soft text-warning", Icon: TriangleAlert },
  danger: { box: "bg-danger-soft text-danger", Icon: CircleAlert },
};

/** A sentence that stays until it is not true any more. Failures interrupt, the rest waits to be read. */
export function Alert({ tone, children, action }: { tone: AlertTone; children: ReactNode; action?: ReactNode }) {
  const { box, Icon } = looks[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cx("flex items-start gap-2 rounded-control px-2.5 py-2 text-meta", box)}
    >
      <Icon size={14} className="mt-px shrink-0" aria-hidden />
      <div className="min-w-0 grow text-ink">{children}</div>
      {action}
    </div>
  );
}
