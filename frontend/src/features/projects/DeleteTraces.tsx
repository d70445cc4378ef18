import { graphql } from "react-relay/hooks";
import type { DeleteTracesMutation } from "../../__generated__/DeleteTracesMutation.graphql";
import { useMutate } from "../../lib/mutate";
import { notify } from "../../lib/toasts";
import { removalText } from "../../text/removal";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

export function DeleteTraces({
  ids,
  onDone,
  onClose,
}: {
  ids: readonly string[];
  onDone: () => void;
  onClose: () => void;
}) {
  const remove = useMutate<DeleteTracesMutation>(graphql`
    mutation DeleteTracesMutation($ids: [ID!]!) {
      deleteTraces(traceIds: $ids) {
        projectCount
      }
    }
  `);
  return (
    <ConfirmDialog
      title={removalText.removeTitle(ids.length)}
      confirm={removalText.remove}
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        await remove({ ids });
        notify({ tone: "success", title: removalText.removed(ids.length) });
        onDone();
      }}
    >
      <p>{removalText.removeNote}</p>
    </ConfirmDialog>
  );
}
