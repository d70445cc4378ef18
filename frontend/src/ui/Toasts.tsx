import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useState } from "react";
import { act, dismiss, useToasts, type Toast } from "../lib/toasts";
import { common } from "../text/common";
import { Button, IconButton } from "./Button";

const icons = {
  success: <CircleCheck size={16} className="mt-0.5 shrink-0 text-success" aria-hidden />,
  danger: <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden />,
  info: <Info size={16} className="mt-0.5 shrink-0 text-info" aria-hidden />,
};

/** Top centre, where nothing is done and everything is seen. Time stands still while one is looked at. */
export function Toasts() {
  const toasts = useToasts();
  const [isHeld, setHeld] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only holds the time still
    <div
      role="region"
      aria-label={common.notifications}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed inset-x-0 top-2 z-60 flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </div>
  );
}

function ToastCard({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  const { id, staysFor, tone, title, message, action } = toast;
  useEffect(() => {
    if (isHeld || staysFor === null) return;
    const timer = setTimeout(() => dismiss(id), staysFor);
    return () => clearTimeout(timer);
  }, [id, staysFor, isHeld]);
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className="pointer-events-auto flex max-w-[min(480px,calc(100vw-16px))] items-start gap-2.5 rounded-surface bg-raised py-2 pr-2 pl-3 shadow-overlay"
    >
      {icons[tone]}
      <div className="min-w-0 grow py-0.5">
        <p className="font-medium break-words">{title}</p>
        {message && <p className="text-meta break-words text-ink-2">{message}</p>}
      </div>
      {action && <Button onPress={() => act(id)}>{action.label}</Button>}
      <IconButton label={common.dismiss} size="small" icon={<X size={14} />} onPress={() => dismiss(id)} />
    </div>
  );
}
