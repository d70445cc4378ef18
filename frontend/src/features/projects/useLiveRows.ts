import { useEffect, useEffectEvent, useState } from "react";
import { useProject } from "./ProjectContext";

/**
 * New rows enter by themselves while the person looks at the top of the list; once they have scrolled or opened a row,
 * the rows wait behind a bar.
 */
export function useLiveRows({ canEnter }: { canEnter: boolean }): {
  isWaiting: boolean;
  onScrolled: (isAtTop: boolean) => void;
} {
  const { live, refresh } = useProject();
  const [isAtTop, setIsAtTop] = useState(true);
  const enters = live.isStale && isAtTop && canEnter;
  const enter = useEffectEvent(refresh);
  useEffect(() => {
    if (enters) enter();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- every version enters once
  }, [enters, live.version]);
  return { isWaiting: live.isStale && !enters, onScrolled: setIsAtTop };
}
