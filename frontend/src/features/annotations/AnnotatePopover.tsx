import { Tags } from "lucide-react";
import { useState, type KeyboardEvent, type ReactElement } from "react";
import { Dialog, DialogTrigger } from "react-aria-components";
import { usePermissions } from "../../lib/viewer";
import { annotationsText as words, configsText } from "../../text/annotations";
import { Button, IconButton } from "../../ui/Button";
import { Popover } from "../../ui/Popover";
import { AnnotationList, NoteList } from "./AnnotationList";
import { ConfigsDialog } from "./ConfigsDialog";
import { choose, LabelControls } from "./LabelControls";
import { notesOf, withoutNotes } from "./model/annotation";
import { labelKeys, type Config } from "./model/config";
import { NoteComposer } from "./NoteComposer";
import { useConfigs } from "./useConfigs";
import type { Annotate } from "./useAnnotate";
import { useAnnotateLabel } from "./useAnnotateLabel";

const NOTHING: readonly Config[] = [];

/** Annotating what has no pane of its own: a trace, a session, a document. The digits work while it is open. */
export function AnnotatePopover({
  projectId,
  what,
  annotate,
  extra = NOTHING,
  trigger,
  isOpen,
  onOpenChange,
}: {
  projectId: string;
  /** "the trace", "the session", "document 2". */
  what: string;
  annotate: Annotate;
  /** Offered here whatever the project offers, unless it has one of the same name. */
  extra?: readonly Config[];
  trigger: ReactElement;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const label = useAnnotateLabel(what);
  return (
    <DialogTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover placement="bottom end" className="w-[min(420px,calc(100vw-16px))]">
        <Dialog aria-label={label} className="outline-none">
          <AnnotateForm projectId={projectId} annotate={annotate} extra={extra} title={label} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function AnnotateForm({
  projectId,
  annotate,
  extra,
  title,
}: {
  projectId: string;
  annotate: Annotate;
  extra: readonly Config[];
  title: string;
}) {
  const { offered } = useConfigs(projectId);
  const { canWrite } = usePermissions();
  const [isManaging, setManaging] = useState(false);
  const configs = [...extra.filter(({ name }) => !offered.some((config) => config.name === name)), ...offered];
  const keys = labelKeys(configs);
  const annotations = withoutNotes(annotate.annotations);
  const notes = notesOf(annotate.annotations);
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    const entry = isTyping || event.metaKey || event.ctrlKey || event.altKey ? undefined : keys.get(event.key);
    if (!entry) return;
    event.preventDefault();
    void choose(annotate, entry.config, entry.choice);
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the buttons inside */}
      <div onKeyDown={onKeyDown} className="flex flex-col gap-3 p-3">
        <div className="flex items-center">
          <h3 className="grow text-meta font-semibold">{title}</h3>
          {canWrite && (
            <IconButton
              label={configsText.title}
              size="small"
              icon={<Tags size={13} />}
              onPress={() => setManaging(true)}
            />
          )}
        </div>
        {canWrite && configs.length > 0 && (
          <div className="flex flex-col gap-2">
            <LabelControls configs={configs} annotate={annotate} />
          </div>
        )}
        {canWrite && configs.length === 0 && (
          <div className="flex items-center gap-2 text-meta text-ink-3">
            {words.noConfigs}
            <Button onPress={() => setManaging(true)}>{words.setUp}</Button>
          </div>
        )}
        {annotations.length > 0 && (
          <div className="max-h-60 overflow-y-auto border-t border-line pt-1">
            <AnnotationList annotations={annotations} configs={configs} annotate={annotate} />
          </div>
        )}
        {notes.length > 0 && (
          <div className="max-h-60 overflow-y-auto border-t border-line pt-1">
            <NoteList notes={notes} onRemove={canWrite ? (note) => void annotate.remove(note) : null} />
          </div>
        )}
        {canWrite && annotate.note && <NoteComposer onAdd={annotate.note} />}
        {!canWrite && annotations.length === 0 && notes.length === 0 && (
          <p className="text-meta text-ink-3">{words.none}.</p>
        )}
      </div>
      <ConfigsDialog projectId={projectId} isOpen={isManaging} onClose={() => setManaging(false)} />
    </>
  );
}
