import type { Annotation, Change } from "./model/annotation";
import { isAhead } from "./optimistic";

/** Changes what is said about one target. Each answers when the server has it, and rejects with what it said. */
export type Writer = {
  /** Stores an annotation, in the place of `before` where there is one; answers its id. */
  set: (change: Change, before: Annotation | null) => Promise<string>;
  remove: (annotation: Pick<Annotation, "id">) => Promise<void>;
  /** Null where the target takes no notes. */
  notes: { add: (text: string) => Promise<string>; remove: (note: Pick<Annotation, "id">) => Promise<void> } | null;
};

/** What people annotate here keeps out of the way of what was sent without a name of its own. */
const ANONYMOUS = "px-app";

export function slot(before: Annotation | null, viewerId: string | null): { identifier: string } | object {
  // What the server does not have yet goes where the next one goes, too.
  if (before && !(isAhead(before) && before.identifier === "")) return { identifier: before.identifier };
  // Of a viewer, the server keeps one for each.
  return viewerId === null ? { identifier: ANONYMOUS } : {};
}

export const BY_HAND = { annotatorKind: "HUMAN", source: "APP" } as const;

export function firstId(annotations: readonly { readonly id: string }[]): string {
  return annotations[0]?.id ?? "";
}
