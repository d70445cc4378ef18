import { useEffect, useEffectEvent } from "react";

/** Runs while the page is visible; a hidden tab asks nothing of the server. */
export function useInterval(run: () => void, ms: number, isEnabled = true): void {
  const tick = useEffectEvent(() => {
    if (document.visibilityState === "visible") run();
  });
  useEffect(() => {
    if (!isEnabled) return;
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  }, [ms, isEnabled]);
}
