import { graphql } from "react-relay/hooks";
import type { spanPages_page$data, spanPages_page$key } from "../../__generated__/spanPages_page.graphql";
import type { spanPagesQuery } from "../../__generated__/spanPagesQuery.graphql";
import type { SortParam } from "../../lib/urlState";
import type { ColumnPreferences } from "../../ui/table/columns";
import { selectsRootsOnly } from "../filter/model/roots";
import { annotationOf } from "../projects/annotations/annotationOf";
import { PAGE, type RowsQuestion } from "../projects/rowsQuestion";

const SORTS = ["startTime", "latencyMs", "tokenCountTotal", "tokenCostTotal"] as const;
export type SpanSortColumn = (typeof SORTS)[number] | `annotation:${string}`;

export const SPAN_ORDER: SortParam<SpanSortColumn> = { column: "startTime", direction: "desc" };

export function isSpanSort(name: string): name is SpanSortColumn {
  return SORTS.some((column) => column === name) || annotationOf(name) !== null;
}

function toSpanSort({ column, direction: dir }: SortParam<SpanSortColumn>, isRoots: boolean) {
  const name = annotationOf(column);
  if (name !== null) return { evalResultKey: { name, attr: "score" as const }, dir };
  const col = SORTS.find((known) => known === column) ?? "startTime";
  return { col: isRoots && col === "tokenCountTotal" ? ("cumulativeTokenCountTotal" as const) : col, dir };
}

/** What is asked for the first rows. Metadata is part of what spans hold, so only who looks at it pays for it. */
export function spanQuestion({
  id,
  timeRange,
  condition,
  sort,
  withMetadata,
}: RowsQuestion<SpanSortColumn> & { withMetadata: boolean }): spanPagesQuery["variables"] {
  return {
    id,
    first: PAGE,
    timeRange,
    sort: toSpanSort(sort, selectsRootsOnly(condition)),
    filter: condition || null,
    withMetadata,
  };
}

/** Where a project's table keeps how it looks. */
export function spansStorageKey(projectId: string): string {
  return `phoenix-tracing-${projectId}-spans`;
}

/** Whether a person has chosen to see it: the table does not show it by itself. */
export function wantsMetadata({ visibility }: ColumnPreferences): boolean {
  return visibility.metadata === true;
}

/** Apart from the project, so that a change of the project is none of its rows. */
const page = graphql`
  fragment spanPages_page on SpanConnection {
    searchedUntil
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        spanId
        name
        spanKind
        statusCode
        statusMessage
        startTime
        latencyMs
        tokenCountTotal
        tokenCountPrompt
        tokenCountCompletion
        cumulativeTokenCountTotal
        costSummary {
          total {
            cost
          }
        }
        modelName
        userId
        metadata @include(if: $withMetadata)
        input {
          truncatedValue
        }
        output {
          truncatedValue
        }
        trace {
          id
          traceId
          costSummary {
            total {
              cost
            }
          }
        }
        spanAnnotations {
          id
          name
          annotatorKind
          label
          score
        }
      }
    }
  }
`;

const query = graphql`
  query spanPagesQuery(
    $id: ID!
    $first: Int!
    $after: String
    $timeRange: TimeRange
    $sort: SpanSort
    $filter: String
    $withMetadata: Boolean!
  ) {
    node(id: $id) {
      ... on Project {
        spans(first: $first, after: $after, timeRange: $timeRange, sort: $sort, filterCondition: $filter) {
          ...spanPages_page
        }
      }
    }
  }
`;

export type SpanRow = spanPages_page$data["edges"][number]["node"];

export const spanPages = {
  query,
  page,
  keyOf: ({ node }: spanPagesQuery["response"]): spanPages_page$key | null => node.spans ?? null,
  read: (answer: spanPages_page$data | null) => ({
    rows: answer?.edges.map(({ node }) => node) ?? [],
    cursor: answer?.pageInfo.endCursor ?? null,
    hasNext: answer?.pageInfo.hasNextPage ?? false,
    searchedUntil: answer?.searchedUntil ?? null,
  }),
};
