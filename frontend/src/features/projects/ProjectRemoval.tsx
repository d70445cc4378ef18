import { useState } from "react";
import { graphql } from "react-relay/hooks";
import type { ProjectRemovalClearMutation } from "../../__generated__/ProjectRemovalClearMutation.graphql";
import type { ProjectRemovalDeleteMutation } from "../../__generated__/ProjectRemovalDeleteMutation.graphql";
import { useMutate } from "../../lib/mutate";
import { forget } from "../../lib/recent";
import { notify } from "../../lib/toasts";
import { projectsText } from "../../text/projects";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { inputLook, labelLook } from "../../ui/Field";
import type { ListedProject } from "./ProjectList";
import type { Removal } from "./ProjectMenu";

const MONTH_MS = 30 * 86_400_000;

/** Everything that takes data away asks for the project's name first. */
export function ProjectRemoval({
  project,
  removal,
  onChanged,
  onClose,
}: {
  project: ListedProject;
  removal: Removal;
  onChanged: () => void;
  onClose: () => void;
}) {
  const [before, setBefore] = useState(() => localMinutes(new Date(Date.now() - MONTH_MS)));
  const clear = useMutate<ProjectRemovalClearMutation>(graphql`
    mutation ProjectRemovalClearMutation($input: ClearProjectInput!) {
      clearProject(input: $input) {
        projectCount
      }
    }
  `);
  const remove = useMutate<ProjectRemovalDeleteMutation>(graphql`
    mutation ProjectRemovalDeleteMutation($id: ID!) {
      deleteProject(id: $id) {
        projectCount
      }
    }
  `);
  const { id, name } = project;
  const text = projectsText[removal];
  const go = async () => {
    if (removal === "remove") {
      await remove({ id });
      forget(id);
    } else {
      await clear({ input: removal === "clear" ? { id } : { id, endTime: new Date(before).toISOString() } });
    }
    notify({ tone: "success", title: text.done(name) });
    onChanged();
  };
  return (
    <ConfirmDialog
      title={text.title(name)}
      confirm={text.confirm}
      typed={{ text: name, label: text.typed(name) }}
      isOpen
      onClose={onClose}
      onConfirm={go}
    >
      <p>{text.note}</p>
      {removal === "trim" && (
        <label className="mt-3 flex flex-col gap-1">
          <span className={labelLook}>{projectsText.trim.before}</span>
          <input
            type="datetime-local"
            required
            value={before}
            onChange={(event) => setBefore(event.target.value)}
            className={inputLook}
          />
        </label>
      )}
    </ConfirmDialog>
  );
}

/** As the browser's field writes a moment: in its own zone, without one. */
function localMinutes(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
