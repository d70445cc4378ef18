import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { useProjectPollingQuery } from "../../__generated__/useProjectPollingQuery.graphql";
import { useInterval } from "../../lib/useInterval";

const POLL_MS = 2000;

/** Asks whether something was stored; the answer lands in the store, and whoever reads it follows. */
export function useProjectPolling(id: string, isOn: boolean): void {
  const environment = useRelayEnvironment();
  useInterval(
    () =>
      fetchQuery<useProjectPollingQuery>(
        environment,
        graphql`
          query useProjectPollingQuery($id: ID!) {
            node(id: $id) {
              ... on Project {
                hasTraces
                streamingLastUpdatedAt
              }
            }
          }
        `,
        { id },
        { fetchPolicy: "network-only" },
        // A missed beat is not worth a message: the next one comes in two seconds.
      ).subscribe({ error: () => {} }),
    POLL_MS,
    isOn,
  );
}
