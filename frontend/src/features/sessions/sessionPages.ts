import { graphql } from "react-relay/hooks";
import type { sessionPages_page$data, sessionPages_page$key } from "../../__generated__/sessionPages_page.graphql";
import type { sessionPagesQuery } from "../../__generated__/sessionPagesQuery.graphql";
import type { SortParam } from "../../lib/urlState";
import { annotationOf } from "../projects/annotations/annotationOf";
import { PAGE, type RowsQuestion } from "../projects/rowsQuestion";

const SORTS = ["startTime", "endTime", "tokenCountTotal", "numTraces", "costTotal"] as const;
export type SessionSortColumn = (typeof SORTS)[number] | `annotation:${string}`;

export const SESSION_ORDER: SortParam<SessionSortColumn> = { column: "endTime", direction: "desc" };

export function isSessionSort(name: string): name is SessionSortColumn {
  return SORTS.some((column) => column === name) || annotationOf(name) !== null;
}

function toSessionSort({ column, direction: dir }: SortParam<SessionSortColumn>) {
  const name = annotationOf(column);
  if (name !== null) return { annoResultKey: { name, attr: "score" as const }, dir };
  return { col: SORTS.find((known) => known === column) ?? "endTime", dir };
}

/** What is asked for the first rows. */
export function sessionQuestion({
  id,
  timeRange,
  condition,
  sort,
}: RowsQuestion<SessionSortColumn>): sessionPagesQuery["variables"] {
  return { id, first: PAGE, timeRange, sort: toSessionSort(sort), filter: condition || null };
}

/** Apart from the project, so that a change of the project is none of its rows. */
const page = graphql`
  fragment sessionPages_page on ProjectSessionConnection {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        sessionId
        userId
        startTime
        endTime
        numTraces
        numTracesWithError
        sessionAnnotations {
          id
          name
          annotatorKind
          label
          score
        }
        firstInput {
          truncatedValue
        }
        lastOutput {
          truncatedValue
        }
        tokenUsage {
          total
        }
        costSummary {
          total {
            cost
          }
        }
      }
    }
  }
`;

const query = graphql`
  query sessionPagesQuery(
    $id: ID!
    $first: Int!
    $after: String
    $timeRange: TimeRange
    $sort: ProjectSessionSort
    $filter: String
  ) {
    node(id: $id) {
      ... on Project {
        sessions(first: $first, after: $after, timeRange: $timeRange, sort: $sort, sessionFilterCondition: $filter) {
          ...sessionPages_page
        }
      }
    }
  }
`;

export type SessionRow = sessionPages_page$data["edges"][number]["node"];

export const sessionPages = {
  query,
  page,
  keyOf: ({ node }: sessionPagesQuery["response"]): sessionPages_page$key | null => node.sessions ?? null,
  read: (answer: sessionPages_page$data | null) => ({
    rows: answer?.edges.map(({ node }) => node) ?? [],
    cursor: answer?.pageInfo.endCursor ?? null,
    hasNext: answer?.pageInfo.hasNextPage ?? false,
  }),
};
