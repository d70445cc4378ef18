import { useState } from "react";
import { fetchQuery } from "react-relay/hooks";
import {
  createOperationDescriptor,
  getRequest,
  type Environment,
  type FetchPolicy,
  type GraphQLTaggedNode,
  type OperationType,
} from "relay-runtime";

/** For so long the part of the page that needs the answer need not ask again. */
const FRESH_MS = 2000;

const answeredAt = new Map<string, number>();

/**
 * Asks what a page will ask once it is drawn. While the question is on its way the page waits for the same answer;
 * afterwards `wasAskedAhead` tells it that the answer is there. Ends with the answer, or with none.
 */
export function askAhead<Q extends OperationType>(
  environment: Environment,
  query: GraphQLTaggedNode,
  variables: Q["variables"],
): Promise<void> {
  const id = identify(query, variables);
  return new Promise((resolve) => {
    fetchQuery<Q>(environment, query, variables, { fetchPolicy: "network-only" }).subscribe({
      complete: () => {
        answeredAt.set(id, performance.now());
        resolve();
      },
      // Whoever needs it asks again, and says what is wrong.
      error: () => resolve(),
    });
  });
}

/** A page before this one stays for so long at most. */
const PATIENCE_MS = 200;

/**
 * The answer, if it comes soon. A page that has it is drawn once; otherwise there is a skeleton first, and what React has
 * shown in place of something it keeps for 300 ms, however soon that is there.
 */
export function soon(answer: Promise<void>): Promise<void> {
  return Promise.race([answer, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

export function wasAskedAhead(query: GraphQLTaggedNode, variables: object): boolean {
  const at = answeredAt.get(identify(query, variables));
  return at !== undefined && performance.now() - at < FRESH_MS;
}

/** How a page asks: its first question not again, if it was asked ahead; every other one anew. */
export function useFetchPolicy(query: GraphQLTaggedNode, variables: object, fetchKey: number): FetchPolicy {
  const [first] = useState(() => ({
    id: identify(query, variables),
    fetchKey,
    isAnswered: wasAskedAhead(query, variables),
  }));
  const isFirst = first.fetchKey === fetchKey && first.id === identify(query, variables);
  return first.isAnswered && isFirst ? "store-or-network" : "store-and-network";
}

function identify(query: GraphQLTaggedNode, variables: object): string {
  return createOperationDescriptor(getRequest(query), variables).request.identifier;
}
