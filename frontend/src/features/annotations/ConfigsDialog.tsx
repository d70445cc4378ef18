import { Pencil, Plus, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { messageOf } from "../../lib/apiError";
import { notify } from "../../lib/toasts";
import { configsText as words } from "../../text/annotations";
import { Badge } from "../../ui/Badge";
import { Button, IconButton } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { EmptyNote } from "../../ui/EmptyState";
import { ConfigEditor } from "./ConfigEditor";
import type { Config } from "./model/config";
import { useConfigChanges } from "./useConfigChanges";
import { useConfigs } from "./useConfigs";

/** The labels and scores of this server, and which of them the project offers. */
export function ConfigsDialog({
  projectId,
  isOpen,
  onClose,
}: {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const [edited, setEdited] = useState<Config | "new" | null>(null);
  const close = () => {
    setEdited(null);
    onClose();
  };
  const title = edited === null ? words.title : edited === "new" ? words.createTitle : words.editTitle(edited.name);
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close}>
      <Suspense fallback={null}>
        <Content projectId={projectId} edited={edited} onEdit={setEdited} />
      </Suspense>
    </Dialog>
  );
}

function Content({
  projectId,
  edited,
  onEdit,
}: {
  projectId: string;
  edited: Config | "new" | null;
  onEdit: (config: Config | "new" | null) => void;
}) {
  const { all, offered, refresh } = useConfigs(projectId);
  const changes = useConfigChanges(projectId, refresh);
  const [deleted, setDeleted] = useState<Config | null>(null);
  if (edited !== null) {
    const config = edited === "new" ? null : edited;
    return (
      <ConfigEditor
        key={config?.id ?? "new"}
        config={config}
        taken={all.filter(({ id }) => id !== config?.id).map(({ name }) => name)}
        onStore={(form) => (config ? changes.update(config.id, form) : changes.create(form))}
        onLeave={() => onEdit(null)}
      />
    );
  }
  const offer = (config: Config, isOffered: boolean) =>
    void changes
      .offer(config.id, isOffered)
      .catch((error: unknown) =>
        notify({ tone: "danger", title: words.notChanged(config.name), message: messageOf(error) }),
      );
  return (
    <>
      <p className="px-4 pt-3 text-meta text-ink-3">{words.intro}</p>
      {all.length === 0 ? (
        <EmptyNote>{words.none}</EmptyNote>
      ) : (
        <ul className="px-4 py-2">
          {all.map((config) => (
            <li key={config.id} className="flex min-h-9 items-center gap-3 border-b border-line/60 last:border-b-0">
              <Checkbox
                label={words.inProject(config.name)}
                isSelected={offered.includes(config)}
                onChange={(isSelected) => offer(config, isSelected)}
              />
              <span className="flex min-w-0 grow flex-wrap items-center gap-x-2 gap-y-1 py-1.5">
                <span className="max-w-60 truncate font-medium" title={config.description ?? undefined}>
                  {config.name}
                </span>
                <Badge>{words.types[config.type]}</Badge>
                <span className="min-w-0 truncate text-meta text-ink-3">{outline(config)}</span>
              </span>
              <IconButton label={words.edit(config.name)} icon={<Pencil size={14} />} onPress={() => onEdit(config)} />
              <IconButton
                label={words.delete(config.name)}
                icon={<Trash2 size={14} />}
                onPress={() => setDeleted(config)}
              />
            </li>
          ))}
        </ul>
      )}
      <DialogActions>
        <Button look="primary" size="large" icon={<Plus size={14} aria-hidden />} onPress={() => onEdit("new")}>
          {words.new}
        </Button>
      </DialogActions>
      <ConfirmDialog
        title={words.deleteTitle(deleted?.name ?? "")}
        confirm={words.delete(deleted?.name ?? "")}
        isOpen={deleted !== null}
        onClose={() => setDeleted(null)}
        onConfirm={() => (deleted ? changes.remove(deleted.id) : Promise.resolve())}
      >
        {words.deleteNote}
      </ConfirmDialog>
    </>
  );
}

function outline(config: Config): string {
  if (config.type === "CATEGORICAL") return config.choices.map(({ label }) => label).join(", ");
  return config.lower === null && config.upper === null ? "" : `${config.lower ?? "…"} – ${config.upper ?? "…"}`;
}
