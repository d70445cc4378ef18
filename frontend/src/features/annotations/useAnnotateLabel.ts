import { usePermissions } from "../../lib/viewer";
import { annotationsText as words } from "../../text/annotations";

/** What opening the annotations of something is called: who may only read cannot annotate. */
export function useAnnotateLabel(what: string): string {
  const { canWrite } = usePermissions();
  return canWrite ? words.annotate(what) : words.annotationsOf(what);
}
