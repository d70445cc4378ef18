import { useMutation } from "react-relay/hooks";
import type { GraphQLTaggedNode, MutationParameters, SelectorStoreUpdater } from "relay-runtime";

/**
 * A mutation as a promise, for forms that wait for it. It rejects with what the server said. What `optimistic` changes is
 * seen at once and goes away when the answer comes.
 */
export function useMutate<M extends MutationParameters>(
  mutation: GraphQLTaggedNode,
): (variables: M["variables"], optimistic?: SelectorStoreUpdater<M["response"]>) => Promise<M["response"]> {
  const [commit] = useMutation<M>(mutation);
  return (variables, optimistic) =>
    new Promise((resolve, reject) => {
      commit({
        variables,
        onCompleted: resolve,
        onError: reject,
        ...(optimistic ? { optimisticUpdater: optimistic } : {}),
      });
    });
}
