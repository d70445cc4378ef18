import { Copy, Ellipsis, Eraser, Hash, History, Trash2 } from "lucide-react";
import { useState } from "react";
import { lazily } from "../../lib/code";
import { copyText } from "../../lib/copyText";
import { usePermissions } from "../../lib/viewer";
import { projectsText } from "../../text/projects";
import { IconButton } from "../../ui/Button";
import { Menu, MenuItem } from "../../ui/Menu";
import { Opening } from "../../ui/Opening";
import type { ListedProject } from "./ProjectList";

const ProjectRemoval = lazily(async () => (await import("./ProjectRemoval")).ProjectRemoval);

/** Traces without a project of their own land here, so it cannot be deleted. */
const DEFAULT_PROJECT = "default";

export type Removal = "clear" | "trim" | "remove";

/** What can be done with a project from the list; who may only read copies its name. */
export function ProjectMenu({ project, onChanged }: { project: ListedProject; onChanged: () => void }) {
  const { canWrite } = usePermissions();
  const [removal, setRemoval] = useState<Removal | null>(null);
  return (
    <>
      <Menu
        label={projectsText.menu(project.name)}
        trigger={<IconButton label={projectsText.menu(project.name)} size="small" icon={<Ellipsis size={14} />} />}
      >
        <MenuItem icon={<Copy size={14} />} onAction={() => void copyText(project.name)}>
          {projectsText.copyName}
        </MenuItem>
        <MenuItem icon={<Hash size={14} />} onAction={() => void copyText(project.id)}>
          {projectsText.copyId}
        </MenuItem>
        {canWrite && (
          <>
            <MenuItem icon={<History size={14} />} onAction={() => setRemoval("trim")}>
              {projectsText.trim.item}
            </MenuItem>
            <MenuItem icon={<Eraser size={14} />} onAction={() => setRemoval("clear")}>
              {projectsText.clear.item}
            </MenuItem>
            {project.name !== DEFAULT_PROJECT && (
              <MenuItem icon={<Trash2 size={14} />} onAction={() => setRemoval("remove")}>
                {projectsText.remove.item}
              </MenuItem>
            )}
          </>
        )}
      </Menu>
      {removal && (
        <Opening onClose={() => setRemoval(null)}>
          <ProjectRemoval project={project} removal={removal} onChanged={onChanged} onClose={() => setRemoval(null)} />
        </Opening>
      )}
    </>
  );
}
