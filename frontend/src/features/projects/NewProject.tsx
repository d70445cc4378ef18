import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { graphql } from "react-relay/hooks";
import { useNavigate } from "react-router";
import type { NewProjectMutation } from "../../__generated__/NewProjectMutation.graphql";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { projectsText } from "../../text/projects";
import { Dialog } from "../../ui/Dialog";
import { DialogForm } from "../../ui/DialogForm";
import { labelLook, TextArea, TextField } from "../../ui/Field";
import { projectColours } from "../../ui/tokens/projectColours";

const text = projectsText.create;
const LONGEST = 100;

export function NewProject({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={text.title} isOpen={isOpen} onClose={onClose} size="small">
      <NewProjectForm onClose={onClose} />
    </Dialog>
  );
}

/** What is wrong with a name, or undefined. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return text.nameEmpty;
  if (name.length > LONGEST) return text.nameLong;
  return /^[A-Za-z0-9._-]+$/.test(name) ? undefined : text.nameWrong;
}

function NewProjectForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [colour, setColour] = useState(0);
  const [isTried, setTried] = useState(false);
  const create = useMutate<NewProjectMutation>(graphql`
    mutation NewProjectMutation($input: CreateProjectInput!) {
      createProject(input: $input) {
        project {
          id
          name
        }
      }
    }
  `);
  const problem = nameProblem(name);
  const submit = async () => {
    setTried(true);
    if (problem) return false;
    const [gradientStartColor = "", gradientEndColor = ""] = projectColours[colour] ?? [];
    const { createProject } = await create({
      input: { name, description: description.trim() || null, gradientStartColor, gradientEndColor },
    });
    notify({ tone: "success", title: text.done(createProject.project.name) });
    onClose();
    await navigate(`/projects/${encodeURIComponent(createProject.project.id)}`);
    return undefined;
  };
  return (
    <DialogForm submit={text.submit} onSubmit={submit} onClose={onClose}>
      <TextField
        label={text.name}
        autoFocus
        autoComplete="off"
        value={name}
        onChange={setName}
        note={text.nameNote}
        error={name !== "" || isTried ? problem : undefined}
      />
      <TextArea label={text.description} value={description} onChange={setDescription} />
      <RadioGroup
        value={String(colour)}
        onChange={(value) => setColour(Number(value))}
        orientation="horizontal"
        className="flex flex-col gap-1"
      >
        <Label className={labelLook}>{text.colour}</Label>
        <div className="flex flex-wrap gap-1.5">
          {projectColours.map(([start, end], index) => (
            <Radio
              key={start}
              value={String(index)}
              aria-label={text.colours[index] ?? ""}
              className="size-7 rounded-pill border-2 border-transparent p-0.5 selected:border-accent focus-ring:outline-2 focus-ring:outline-accent"
            >
              <span
                className="block size-full rounded-pill"
                style={{ backgroundImage: `linear-gradient(135deg, ${start}, ${end})` }}
              />
            </Radio>
          ))}
        </div>
      </RadioGroup>
    </DialogForm>
  );
}
