import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { useTextSearchQuery } from "../../__generated__/useTextSearchQuery.graphql";
import { useDebounced } from "../../lib/useDebounced";
import { condition } from "./model/textSearch";

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
export function useTextSearch(trace: string, needle: string, isOn: boolean): TextSearch {
  const environment = useRelayEnvironment();
  const settled = useDebounced(needle, SETTLE_MS);
  const isAsked = isOn && settled.length >= SHORTEST && settled === needle;
  const [answer, setAnswer] = useState<{ key: string; search: TextSearch } | null>(null);
  const key = `${trace} ${settled}`;
  useEffect(() => {
    if (!isAsked) return;
    const subscription = fetchQuery<useTextSearchQuery>(
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
      { id: trace, first: MOST, condition: condition(settled) },
    ).subscribe({
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
  }, [environment, isAsked, key, settled, trace]);
  if (!isOn || needle.length < SHORTEST) return NOTHING;
  return answer?.key === `${trace} ${needle}` ? answer.search : { ...NOTHING, status: "asking" };
}
