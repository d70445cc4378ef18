import { graphql } from "react-relay/hooks";
import type { tracePages_page$data, tracePages_page$key } from "../../__generated__/tracePages_page.graphql";
import type { tracePagesQuery } from "../../__generated__/tracePagesQuery.graphql";
import type { SortParam } from "../../lib/urlState";
import { PAGE, type RowsQuestion } from "../projects/rowsQuestion";

const SORTS = ["startTime", "latencyMs"] as const;
export type TraceSortColumn = (typeof SORTS)[number];

export const TRACE_ORDER: SortParam<TraceSortColumn> = { column: "startTime", direction: "desc" };

export function isTraceSort(name: string): name is TraceSortColumn {
  return SORTS.some((column) => column === name);
}

/** What is asked for the first rows. */
export function traceQuestion({
  id,
  timeRange,
  condition,
  sort,
}: RowsQuestion<TraceSortColumn>): tracePagesQuery["variables"] {
  return { id, first: PAGE, timeRange, sort: { col: sort.column, dir: sort.direction }, filter: condition || null };
}

/** Apart from the project, so that a change of the project is none of its rows. */
const page = graphql`
  fragment tracePages_page on TraceConnection {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        traceId
        startTime
        latencyMs
        numSpans
        errorCount
        tokenUsage {
          total
        }
        costSummary {
          total {
            cost
          }
        }
        traceAnnotations {
          id
          name
          annotatorKind
          label
          score
        }
        rootSpan {
          id
          name
          spanKind
          statusCode
          userId
          input {
            truncatedValue
          }
          output {
            truncatedValue
          }
        }
      }
    }
  }
`;

const query = graphql`
  query tracePagesQuery(
    $id: ID!
    $first: Int!
    $after: String
    $timeRange: TimeRange
    $sort: TraceSort
    $filter: String
  ) {
    node(id: $id) {
      ... on Project {
        traces(first: $first, after: $after, timeRange: $timeRange, sort: $sort, filterCondition: $filter) {
          ...tracePages_page
        }
      }
    }
  }
`;

export type TraceRow = tracePages_page$data["edges"][number]["node"];

export const tracePages = {
  query,
  page,
  keyOf: ({ node }: tracePagesQuery["response"]): tracePages_page$key | null => node.traces ?? null,
  read: (answer: tracePages_page$data | null) => ({
    rows: answer?.edges.map(({ node }) => node) ?? [],
    cursor: answer?.pageInfo.endCursor ?? null,
    hasNext: answer?.pageInfo.hasNextPage ?? false,
  }),
};
