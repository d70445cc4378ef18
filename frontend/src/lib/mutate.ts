import { useMutation } from "react-relay/hooks";
import type { GraphQLTaggedNode, MutationParameters } from "relay-runtime";

/** A mutation as a promise, for forms that wait for it. It rejects with what the server said. */
export function useMutate<M extends MutationParameters>(
  mutation: GraphQLTaggedNode,
): (variables: M["variables"]) => Promise<M["response"]> {
  const [commit] = useMutation<M>(mutation);
  return (variables) =>
    new Promise((resolve, reject) => {
      commit({ variables, onCompleted: resolve, onError: reject });
    });
}
