import { joined } from "./model/join";
import { useProjectFilter } from "./useProjectFilter";
import type { Grain } from "./model/vocabulary";

/** Narrows the rows further: what they were chosen by stays. */
export function useAddCondition(grain: Grain): (part: string) => void {
  const [condition, setCondition] = useProjectFilter(grain);
  return (part) => setCondition(joined(condition, part));
}
