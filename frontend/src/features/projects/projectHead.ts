import { graphql } from "react-relay/hooks";

/** What every page of a project needs, asked once: its name, whether there is news, and what one annotates with. */
export const projectHead = graphql`
  query projectHeadQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Project {
        name
        hasTraces
        streamingLastUpdatedAt
      }
    }
    ...useConfigs_query @arguments(projectId: $id)
  }
`;
