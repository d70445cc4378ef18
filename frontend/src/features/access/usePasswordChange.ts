import { graphql } from "react-relay/hooks";
import type { usePasswordChangeMutation } from "../../__generated__/usePasswordChangeMutation.graphql";
import { useMutate } from "../../lib/mutate";
import type { PasswordChange } from "./NewPassword";

/** Of one's own password. It ends all sessions, this one too. */
export function usePasswordChange(): (change: PasswordChange) => Promise<unknown> {
  const patch = useMutate<usePasswordChangeMutation>(graphql`
    mutation usePasswordChangeMutation($input: PatchViewerInput!) {
      patchViewer(input: $input) {
        user {
          id
        }
      }
    }
  `);
  return ({ current, next }) => patch({ input: { currentPassword: current, newPassword: next } });
}
