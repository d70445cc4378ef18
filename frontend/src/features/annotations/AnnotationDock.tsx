import { StickyNote, Tags } from "lucide-react";
import { useRef, useState } from "react";
import { useShortcuts } from "../../lib/shortcuts";
import { usePermissions } from "../../lib/viewer";
import { annotationsText as words, configsText } from "../../text/annotations";
import { Button, Hint, IconButton } from "../../ui/Button";
import { Tooltip } from "../../ui/Tooltip";
import { ConfigsDialog } from "./ConfigsDialog";
import { choose, LabelControls } from "./LabelControls";
import { labelKeys } from "./model/config";
import { NoteComposer } from "./NoteComposer";
import { useConfigs } from "./useConfigs";
import type { Annotate } from "./useAnnotate";

/** At the foot of what is read: one key a label, one for a note. */
export function AnnotationDock({ projectId, annotate }: { projectId: string; annotate: Annotate }) {
  const { offered } = useConfigs(projectId);
  const { canWrite } = usePermissions();
  const [isManaging, setManaging] = useState(false);
  const [isNoting, setNoting] = useState(false);
  const dock = useRef<HTMLDivElement>(null);
  const keys = [...labelKeys(offered)];

  useShortcuts(
    [
      {
        keys: "e",
        label: words.focus,
        group: words.group,
        run: () => dock.current?.querySelector<HTMLElement>("button, input")?.focus(),
      },
      ...(annotate.note ? [{ keys: "n", label: words.note, group: words.group, run: () => setNoting(true) }] : []),
      ...keys.map(([key, { config, choice }]) => ({
        keys: key,
        label: words.choose(config.name, choice.label),
        group: words.group,
        run: () => void choose(annotate, config, choice),
      })),
    ],
    canWrite,
  );
  if (!canWrite) return null;
  return (
    <div
      ref={dock}
      role="toolbar"
      aria-label={words.focus}
      className="flex shrink-0 flex-col gap-1.5 border-t border-line bg-surface px-3 py-1.5"
    >
      <div className="flex items-center gap-2">
        <div className="flex max-h-20 min-w-0 grow flex-wrap items-center gap-x-4 gap-y-1 overflow-y-auto">
          {offered.length === 0 ? (
            <>
              <span className="text-meta text-ink-3">{words.noConfigs}</span>
              <Button look="quiet" icon={<Tags size={14} aria-hidden />} onPress={() => setManaging(true)}>
                {words.setUp}
              </Button>
            </>
          ) : (
            <LabelControls configs={offered} annotate={annotate} />
          )}
        </div>
        {annotate.note && !isNoting && (
          <Tooltip content={<Hint label={words.note} shortcut="n" />}>
            <Button look="quiet" icon={<StickyNote size={14} aria-hidden />} onPress={() => setNoting(true)}>
              {words.note}
            </Button>
          </Tooltip>
        )}
        {offered.length > 0 && (
          <IconButton
            label={configsText.title}
            placement="top"
            icon={<Tags size={14} />}
            onPress={() => setManaging(true)}
          />
        )}
      </div>
      {isNoting && annotate.note && (
        <NoteComposer
          onAdd={annotate.note}
          fieldRef={(field) => field?.focus()}
          onLeave={() => {
            setNoting(false);
            document.querySelector<HTMLElement>("[role=treegrid]")?.focus({ preventScroll: true });
          }}
        />
      )}
      <ConfigsDialog projectId={projectId} isOpen={isManaging} onClose={() => setManaging(false)} />
    </div>
  );
}
