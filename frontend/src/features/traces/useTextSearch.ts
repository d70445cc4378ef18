import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import { Observable, type Environment } from "relay-runtime";
import type { useTextSearchNamesQuery } from "../../__generated__/useTextSearchNamesQuery.graphql";
import type { useTextSearchTimesQuery } from "../../__generated__/useTextSearchTimesQuery.graphql";
import type { useTextSearchQuery } from "../../__generated__/useTextSearchQuery.graphql";
import { useDebounced } from "../../lib/useDebounced";
import { condition, ownFields } from "./model/textSearch";
import type { TraceTree } from "./model/tree";

const SETTLE_MS = 250;
const SHORTEST = 3;
const MOST = 1000;

export type TextSearch = {
  /** Spans that have the text in what was sent; those of the names are found without asking. */
  inside: ReadonlySet<string>;
  status: "idle" | "asking" | "failed";
  isCapped: boolean;
};

const NOTHING: TextSearch = { inside: new Set(), status: "idle", isCapped: false };

/** Asks the server which spans of the trace have a text in their messages, values and attributes. */
export function useTextSearch(
  { id: trace, projectId: project }: TraceTree["skeleton"]["trace"],
  needle: string,
  isOn: boolean,
): TextSearch {
  const environment = useRelayEnvironment();
  const settled = useDebounced(needle, SETTLE_MS);
  const isAsked = isOn && settled.length >= SHORTEST && settled === needle;
  const [answer, setAnswer] = useState<{ key: string; search: TextSearch } | null>(null);
  const key = `${trace} ${settled}`;
  useEffect(() => {
    if (!isAsked) return;
    const subscription = ownNames(environment, trace, project)
      .mergeMap((own) =>
        fetchQuery<useTextSearchQuery>(
          environment,
          graphql`
            query useTextSearchQuery($id: ID!, $first: Int!, $condition: String!) {
              node(id: $id) {
                ... on Trace {
                  spans(first: $first, filterCondition: $condition) {
                    edges {
                      node {
                        id
                      }
                    }
                    pageInfo {
                      hasNextPage
                    }
                  }
                }
              }
            }
          `,
          { id: trace, first: MOST, condition: condition(settled, own) },
        ),
      )
      .subscribe({
        next: ({ node }) =>
          setAnswer({
            key,
            search: {
              inside: new Set(node.spans?.edges.map((edge) => edge.node.id)),
              status: "idle",
              isCapped: node.spans?.pageInfo.hasNextPage ?? false,
            },
          }),
        error: () => setAnswer({ key, search: { ...NOTHING, status: "failed" } }),
      });
    return () => subscription.unsubscribe();
  }, [environment, isAsked, key, settled, trace, project]);
  if (!isOn || needle.length < SHORTEST) return NOTHING;
  return answer?.key === `${trace} ${needle}` ? answer.search : { ...NOTHING, status: "asking" };
}

/** What senders called their own attributes at the time of the trace; without an answer only the known ones are searched. */
function ownNames(environment: Environment, trace: string, project: string): Observable<string[]> {
  return fetchQuery<useTextSearchTimesQuery>(
    environment,
    graphql`
      query useTextSearchTimesQuery($id: ID!) {
        node(id: $id) {
          ... on Trace {
            startTime
            latencyMs
          }
        }
      }
    `,
    { id: trace },
    { fetchPolicy: "store-or-network" },
  )
    .mergeMap(({ node: { startTime, latencyMs } }) =>
      fetchQuery<useTextSearchNamesQuery>(
        environment,
        graphql`
          query useTextSearchNamesQuery($id: ID!, $timeRange: TimeRange) {
            node(id: $id) {
              ... on Project {
                spanFilterVocabulary(timeRange: $timeRange) {
                  category
                  insertText
                }
              }
            }
          }
        `,
        { id: project, timeRange: during(startTime ?? "", latencyMs ?? 0) },
        { fetchPolicy: "store-or-network" },
      ),
    )
    .map(({ node }) => ownFields(node.spanFilterVocabulary ?? []))
    .catch(() => Observable.from([]));
}

function during(startTime: string, latencyMs: number): { start: string; end: string } {
  const start = new Date(startTime);
  // The end is not part of a range.
  return { start: start.toISOString(), end: new Date(start.getTime() + Math.ceil(latencyMs) + 1).toISOString() };
}
