import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type {
  usePaletteResultsQuery,
  usePaletteResultsQuery$data,
} from "../../__generated__/usePaletteResultsQuery.graphql";
import { useDebounced } from "../../lib/useDebounced";
import { idKind } from "./ids";

const SEARCH_MS = 200;
const PER_KIND = 5;

export type PaletteResults = {
  text: string;
  data: usePaletteResultsQuery$data | null;
  hasFailed: boolean;
};

const NOTHING: PaletteResults = { text: "", data: null, hasFailed: false };

/** What the server finds; the last answer stays until the next one is there. */
export function usePaletteResults(query: string): PaletteResults & { isSearching: boolean } {
  const environment = useRelayEnvironment();
  const text = useDebounced(query.trim(), SEARCH_MS);
  const [results, setResults] = useState<PaletteResults>(NOTHING);
  useEffect(() => {
    if (text === "") return;
    const kind = idKind(text);
    const subscription = fetchQuery<usePaletteResultsQuery>(
      environment,
      graphql`
        query usePaletteResultsQuery(
          $text: String!
          $limit: Int!
          $isTrace: Boolean!
          $isSpan: Boolean!
          $isText: Boolean!
        ) {
          projects(first: $limit, filter: { col: name, value: $text }, sort: { col: endTime, dir: desc }) {
            edges {
              node {
                id
                name
                description
              }
            }
          }
          getTraceByOtelId(traceId: $text) @include(if: $isTrace) {
            traceId
            projectId
            rootSpan {
              name
            }
          }
          getSpanByOtelId(spanId: $text) @include(if: $isSpan) {
            id
            name
            context {
              traceId
            }
            project {
              id
            }
          }
          getProjectSessionById(sessionId: $text) @include(if: $isText) {
            id
            sessionId
            numTraces
            project {
              id
              name
            }
          }
        }
      `,
      {
        text: kind === "text" ? text : text.toLowerCase(),
        limit: PER_KIND,
        isTrace: kind === "trace",
        isSpan: kind === "span",
        isText: kind === "text",
      },
      { fetchPolicy: "network-only" },
    ).subscribe({
      next: (data) => setResults({ text, data, hasFailed: false }),
      // The rest of the palette works without the server.
      error: () => setResults({ text, data: null, hasFailed: true }),
    });
    return () => subscription.unsubscribe();
  }, [environment, text]);
  const isOurs = query.trim() !== "";
  return { ...(isOurs ? results : NOTHING), isSearching: isOurs && results.text !== query.trim() };
}
