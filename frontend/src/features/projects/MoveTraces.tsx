import { Suspense, useState } from "react";
import { Form } from "react-aria-components";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { useNavigate } from "react-router";
import type { MoveTracesMutation } from "../../__generated__/MoveTracesMutation.graphql";
import type { MoveTracesQuery } from "../../__generated__/MoveTracesQuery.graphql";
import { messageOf } from "../../lib/apiError";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { common } from "../../text/common";
import { removalText } from "../../text/removal";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { ComboBox } from "../../ui/ComboBox";
import { Dialog, DialogActions } from "../../ui/Dialog";
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
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const target = options.find((option) => option.id === chosen);

  const submit = async () => {
    if (!target) return;
    setPending(true);
    setFailure(null);
    try {
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
    } catch (error) {
      setFailure(messageOf(error));
      setPending(false);
    }
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="flex flex-col gap-3 p-4">
        <p className="text-body text-ink-2">{removalText.moveNote}</p>
        {failure && <Alert tone="danger">{failure}</Alert>}
        {options.length === 0 ? (
          <p className="text-meta text-ink-3">{removalText.noOther}</p>
        ) : (
          <ComboBox label={removalText.target} options={options} value={chosen} onChange={setChosen} />
        )}
      </div>
      <DialogActions>
        <Button size="large" onPress={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" look="primary" size="large" isDisabled={!target} isPending={isPending}>
          {removalText.move}
        </Button>
      </DialogActions>
    </Form>
  );
}
