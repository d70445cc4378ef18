import { useSearchParams } from "react-router";
import { useWriteParams } from "../../../lib/urlState";

const PARAM = "annotatorKind";
export const ANNOTATOR_KINDS = ["HUMAN", "LLM", "CODE"] as const;

/** Whose annotations the tables show; none chosen means everybody's. */
export function useAnnotatorKinds(): [ReadonlySet<string>, (kinds: readonly string[]) => void] {
  const [params] = useSearchParams();
  const write = useWriteParams();
  const kinds = new Set(params.getAll(PARAM).filter((kind) => ANNOTATOR_KINDS.some((known) => known === kind)));
  const set = (next: readonly string[]) =>
    write((updated) => {
      updated.delete(PARAM);
      if (next.length < ANNOTATOR_KINDS.length) for (const kind of next) updated.append(PARAM, kind);
      return updated;
    });
  return [kinds, set];
}
