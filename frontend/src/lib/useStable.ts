import { useCallback, useLayoutEffect, useRef } from "react";

/** The same function for as long as the component is there; it does what the newest one does. Not for rendering. */
export function useStable<A extends unknown[], R>(newest: (...args: A) => R): (...args: A) => R {
  const current = useRef(newest);
  useLayoutEffect(() => {
    current.current = newest;
  });
  return useCallback((...args: A) => current.current(...args), []);
}
