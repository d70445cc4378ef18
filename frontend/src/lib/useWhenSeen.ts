import { useCallback } from "react";
import { useStable } from "./useStable";

/** How far below the edge something counts as seen. */
const AHEAD = "600px";

/** For the end of a list that grows: runs when the element comes near. Give it to the element as its ref. */
export function useWhenSeen(run: (() => void) | null): (element: HTMLElement | null) => (() => void) | undefined {
  const newest = useStable(() => run?.());
  return useCallback(
    (element) => {
      if (!element) return;
      const observer = new IntersectionObserver(
        (entries) => entries.some((entry) => entry.isIntersecting) && newest(),
        { rootMargin: AHEAD },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [newest],
  );
}
