import { quoted } from "../../filter/model/join";
import type { Grain } from "../../filter/model/vocabulary";

/** The server takes 25 annotations in a condition. */
const MOST_NAMES = 20;

const COLLECTIONS = { trace: "trace_annotations", session: "session_annotations" } as const;

/** The rows that somebody or something of this kind has annotated; `null` where there is nothing to choose by. */
export function annotatedBy(grain: Grain, kind: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  if (grain !== "span") {
    return `any(a.annotator_kind == '${kind}' and a.name != 'note' for a in ${COLLECTIONS[grain]})`;
  }
  // Spans have no collection of theirs, so each name is asked for.
  return names
    .slice(0, MOST_NAMES)
    .map((name) => `annotations[${quoted(name)}].annotator_kind == '${kind}'`)
    .join(" or ");
}
