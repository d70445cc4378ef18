import { useEffect, useRef } from "react";

type Direction = "asc" | "desc";

/** Each press turns the order round, also when it comes before the page has followed the one before. */
export function useSortPress(shown: Direction | null, sort: (direction: Direction) => void): () => void {
  const asked = useRef(shown);
  useEffect(() => {
    asked.current = shown;
  }, [shown]);
  return () => {
    asked.current = asked.current === "desc" ? "asc" : "desc";
    sort(asked.current);
  };
}
