import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import { fetchQuery, useLazyLoadQuery, useRelayEnvironment } from "react-relay/hooks";
import {
  createOperationDescriptor,
  getRequest,
  type Disposable,
  type FetchPolicy,
  type GraphQLTaggedNode,
  type OperationType,
} from "relay-runtime";
import { wasAskedAhead } from "./askAhead";

type Shown<V> = { key: string; variables: V; fetchPolicy: FetchPolicy };
type Running = { key: string; isAskedAgain: boolean; stop: () => void };

export type Answered<Q extends OperationType> = {
  data: Q["response"];
  /** What the data answers: the question before, while the next one is asked or after it has failed. */
  variables: Q["variables"];
  isPending: boolean;
  /** Why the question that was asked last has no answer. */
  failure: Error | null;
  retry: () => void;
};

/**
 * The answer to the last question that got one. The first question suspends and throws like any query; a later one
 * that fails leaves the old answer where it is and tells why. While one question is on its way it is not asked again.
 */
export function useAnswered<Q extends OperationType>(
  query: GraphQLTaggedNode,
  variables: Q["variables"],
  fetchKey: number,
): Answered<Q> {
  const environment = useRelayEnvironment();
  const key = JSON.stringify(variables);
  const [shown, setShown] = useState<Shown<Q["variables"]>>(() => ({
    key,
    variables,
    fetchPolicy: wasAskedAhead(query, variables) ? "store-or-network" : "store-and-network",
  }));
  const [failure, setFailure] = useState<{ key: string; error: Error } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const running = useRef<Running | null>(null);
  const kept = useRef<Disposable | null>(null);

  const ask = useEffectEvent(() => {
    if (running.current?.key === key) {
      running.current.isAskedAgain = true;
      return;
    }
    running.current?.stop();
    const run: Running = { key, isAskedAgain: false, stop: () => {} };
    running.current = run;
    const subscription = fetchQuery<Q>(environment, query, variables, { fetchPolicy: "network-only" }).subscribe({
      complete: () => {
        running.current = null;
        // Between the answer and its first rendering nobody else holds it.
        const before = kept.current;
        kept.current = environment.retain(createOperationDescriptor(getRequest(query), variables));
        before?.dispose();
        setFailure(null);
        startTransition(() => setShown({ key, variables, fetchPolicy: "store-or-network" }));
        if (run.isAskedAgain) setAttempt((count) => count + 1);
      },
      error: (error: Error) => {
        running.current = null;
        setFailure({ key, error });
      },
    });
    run.stop = () => subscription.unsubscribe();
  });

  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else ask();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each of them is a reason to ask
  }, [key, fetchKey, attempt]);
  useEffect(
    () => () => {
      running.current?.stop();
      running.current = null;
      kept.current?.dispose();
      isFirst.current = true;
    },
    [],
  );

  // A first question that failed is asked anew by the next one to mount, not remembered as failed.
  const [firstKey] = useState(fetchKey);
  const data = useLazyLoadQuery<Q>(query, shown.variables, { fetchPolicy: shown.fetchPolicy, fetchKey: firstKey });
  return {
    data,
    variables: shown.variables,
    isPending: key !== shown.key && failure?.key !== key,
    failure: failure?.key === key ? failure.error : null,
    retry: () => setAttempt((count) => count + 1),
  };
}
