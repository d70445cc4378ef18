import { messageOf } from "../../lib/apiError";
import { dismiss, notify } from "../../lib/toasts";
import { useViewer } from "../../lib/viewer";
import { annotationsText as words } from "../../text/annotations";
import { common } from "../../text/common";
import { mine, NOTE, valueText, type Annotation, type Change } from "./model/annotation";
import { announce } from "./model/newest";
import { isAhead } from "./optimistic";
import type { Writer } from "./writer";

export type Annotate = {
  annotations: readonly Annotation[];
  own: (name: string) => Annotation | null;
  set: (change: Change) => Promise<boolean>;
  remove: (annotation: Annotation) => Promise<boolean>;
  /** Null where the target takes no notes; false when the note could not be stored. */
  note: ((text: string) => Promise<boolean>) | null;
};

/** Only the last change is offered to be undone: older offers would undo what nobody looks at any more. */
let offered = 0;

/** On their way to the server, by name: who takes one back at once waits for the id it gets. */
const onTheirWay = new Map<string, Promise<string>>();

function sent(name: string, storing: Promise<string>): Promise<string> {
  onTheirWay.set(name, storing);
  return storing.finally(() => {
    if (onTheirWay.get(name) === storing) onTheirWay.delete(name);
  });
}

async function stored(annotation: Annotation): Promise<{ id: string }> {
  const storing = isAhead(annotation) ? onTheirWay.get(annotation.name) : undefined;
  return storing ? { id: await storing } : annotation;
}

/** Once something else is changed, also while that is on its way. */
function withdrawUndo(): void {
  dismiss(offered);
}

function offerUndo(title: string, undo: () => Promise<unknown>): void {
  withdrawUndo();
  offered = notify({
    tone: "success",
    title,
    action: { label: common.undo, run: () => void undo().catch((error: unknown) => failed(title, error)) },
  });
}

function failed(title: string, error: unknown, retry?: () => void): void {
  notify({
    tone: "danger",
    title,
    message: messageOf(error),
    ...(retry ? { action: { label: common.retry, run: retry } } : {}),
  });
}

/** Annotating as a person: what is done is seen at once, said, and can be undone. */
export function useAnnotate({ annotations, writer }: { annotations: readonly Annotation[]; writer: Writer }): Annotate {
  const viewerId = useViewer()?.id ?? null;
  const { notes } = writer;
  const own = (name: string) => mine(annotations, name, viewerId);
  const restore = (annotation: Annotation, before: Annotation | null) =>
    writer.set(
      {
        name: annotation.name,
        label: annotation.label ?? null,
        score: annotation.score ?? null,
        explanation: annotation.explanation ?? null,
        annotatorKind: annotation.annotatorKind,
        source: annotation.source,
      },
      before,
    );

  const set = async (change: Change): Promise<boolean> => {
    withdrawUndo();
    const before = own(change.name);
    try {
      const id = await sent(change.name, writer.set(change, before));
      announce(change.name);
      offerUndo(words.stored(change.name, valueText(change)), () =>
        before ? restore(before, before) : writer.remove({ id }),
      );
      return true;
    } catch (error) {
      failed(words.notStored(change.name), error, () => void set(change));
      return false;
    }
  };

  const remove = async (annotation: Annotation): Promise<boolean> => {
    withdrawUndo();
    try {
      if (annotation.name === NOTE && notes) {
        await notes.remove(await stored(annotation));
        offerUndo(words.removed(words.noteName), () => notes.add(annotation.explanation ?? ""));
      } else {
        await writer.remove(await stored(annotation));
        offerUndo(words.removed(annotation.name), () => restore(annotation, annotation));
      }
      return true;
    } catch (error) {
      failed(words.notRemoved(annotation.name), error);
      return false;
    }
  };

  const note = async (text: string): Promise<boolean> => {
    if (!notes) return false;
    withdrawUndo();
    try {
      const id = await sent(NOTE, notes.add(text));
      offerUndo(words.noteStored, () => notes.remove({ id }));
      return true;
    } catch (error) {
      failed(words.notStored(words.noteName), error);
      return false;
    }
  };
  return { annotations, own, set, remove, note: notes ? note : null };
}
