import { Suspense, useState } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { useNavigate } from "react-router";
import type { MoveTracesMutation } from "../../__generated__/MoveTracesMutation.graphql";
import type { MoveTracesQuery } from "../../__generated__/MoveTracesQuery.graphql";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { removalText } from "../../text/removal";
import { ComboBox } from "../../ui/ComboBox";
import { Dialog } from "../../ui/Dialog";
import { DialogForm } from "../../ui/DialogForm";
import { useProject } from "./ProjectContext";

const MOST = 1000;

type Props = { ids: readonly string[]; onDone: () => void; onClose: () => void };

export function MoveTraces(props: Props) {
  return (
    <Dialog title={removalText.moveTitle(props.ids.length)} isOpen onClose={props.onClose} size="small">
      <Suspense fallback={<div className="h-40" />}>
        <MoveForm {...props} />
      </Suspense>
    </Dialog>
  );
}

function MoveForm({ ids, onDone, onClose }: Props) {
  const { id } = useProject();
  const navigate = useNavigate();
  const { projects } = useLazyLoadQuery<MoveTracesQuery>(
    graphql`
      query MoveTracesQuery($first: Int!) {
        projects(first: $first, sort: { col: name, dir: asc }) {
          edges {
            node {
              id
              name
            }
          }
        }
      }
    `,
    { first: MOST },
    { fetchPolicy: "network-only" },
  );
  const move = useMutate<MoveTracesMutation>(graphql`
    mutation MoveTracesMutation($ids: [ID!]!, $project: ID!) {
      transferTracesToProject(traceIds: $ids, projectId: $project) {
        projectCount
      }
    }
  `);
  const options = projects.edges.flatMap(({ node }) => (node.id === id ? [] : [{ id: node.id, label: node.name }]));
  const [chosen, setChosen] = useState("");
  const target = options.find((option) => option.id === chosen);

  const submit = async () => {
    if (!target) return false;
    await move({ ids, project: target.id });
    notify({
      tone: "success",
      title: removalText.moved(ids.length, target.label),
      action: {
        label: removalText.open,
        run: () => void navigate(`/projects/${encodeURIComponent(target.id)}/spans`),
      },
    });
    onClose();
    onDone();
    return undefined;
  };
  return (
    <DialogForm submit={removalText.move} isReady={target !== undefined} onSubmit={submit} onClose={onClose}>
      <p className="text-body text-ink-2">{removalText.moveNote}</p>
      {options.length === 0 ? (
        <p className="text-meta text-ink-3">{removalText.noOther}</p>
      ) : (
        <ComboBox label={removalText.target} options={options} value={chosen} onChange={setChosen} />
      )}
    </DialogForm>
  );
}
