import { fetchQuery, graphql, useFragment, useLazyLoadQuery, useRelayEnvironment } from "react-relay/hooks";
import type { useConfigsQuery } from "../../__generated__/useConfigsQuery.graphql";
import type { useConfigs_query$key } from "../../__generated__/useConfigs_query.graphql";
import { toConfig, type Config } from "./model/config";

const configs = graphql`
  fragment useConfigs_query on Query @argumentDefinitions(projectId: { type: "ID!" }) {
    annotationConfigs(first: 200) {
      edges {
        node {
          __typename
          ... on CategoricalAnnotationConfig {
            id
            name
            description
            optimizationDirection
            values {
              label
              score
            }
          }
          ... on ContinuousAnnotationConfig {
            id
            name
            description
            optimizationDirection
            lowerBound
            upperBound
          }
          ... on FreeformAnnotationConfig {
            id
            name
            description
            optimizationDirection
            lowerBound
            upperBound
            threshold
          }
        }
      }
    }
    node(id: $projectId) {
      ... on Project {
        annotationConfigs(first: 200) {
          edges {
            node {
              ... on Node {
                id
              }
            }
          }
        }
      }
    }
  }
`;

const query = graphql`
  query useConfigsQuery($projectId: ID!) {
    ...useConfigs_query @arguments(projectId: $projectId)
  }
`;

/** All configs, oldest first, and which of them the project offers. */
export function useConfigs(projectId: string): {
  all: readonly Config[];
  offered: readonly Config[];
  /** After a change: everything that shows configs follows. */
  refresh: () => Promise<void>;
} {
  const environment = useRelayEnvironment();
  const variables = { projectId };
  // The pages of a project bring them along.
  const key = useLazyLoadQuery<useConfigsQuery>(query, variables, { fetchPolicy: "store-or-network" });
  const data = useFragment<useConfigs_query$key>(configs, key);
  const all = data.annotationConfigs.edges.flatMap(({ node }) => toConfig(node) ?? []).toReversed();
  const ids = new Set(data.node.annotationConfigs?.edges.map(({ node }) => node.id));
  return {
    all,
    offered: all.filter(({ id }) => ids.has(id)),
    refresh: async () => {
      await fetchQuery<useConfigsQuery>(environment, query, variables, { fetchPolicy: "network-only" }).toPromise();
    },
  };
}
