import { useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { useVocabularyQuery } from "../../__generated__/useVocabularyQuery.graphql";
import type { Grain, Term } from "./model/vocabulary";

const NOTHING: readonly Term[] = [];

/** The names conditions can use, read anew whenever a person comes to the field. */
export function useVocabulary(
  project: string,
  grain: Grain,
  timeRange: { start?: string; end?: string },
): [readonly Term[], () => void] {
  const environment = useRelayEnvironment();
  const [terms, setTerms] = useState(NOTHING);
  const load = () =>
    void fetchQuery<useVocabularyQuery>(
      environment,
      graphql`
        query useVocabularyQuery(
          $id: ID!
          $timeRange: TimeRange
          $isSpan: Boolean!
          $isTrace: Boolean!
          $isSession: Boolean!
        ) {
          node(id: $id) {
            ... on Project {
              span: spanFilterVocabulary(timeRange: $timeRange) @include(if: $isSpan) {
                name
                type
                description
                category
                iterableName
                insertText
              }
              trace: traceFilterVocabulary(timeRange: $timeRange) @include(if: $isTrace) {
                name
                type
                description
                category
                iterableName
                insertText
              }
              session: sessionFilterVocabulary @include(if: $isSession) {
                name
                type
                description
                category
                iterableName
                insertText
              }
            }
          }
        }
      `,
      {
        id: project,
        timeRange,
        isSpan: grain === "span",
        isTrace: grain === "trace",
        isSession: grain === "session",
      },
      { fetchPolicy: "network-only" },
    ).subscribe({
      next: ({ node }) => setTerms(node[grain] ?? NOTHING),
      // Without it the language's own suggestions remain; the next focus asks again.
      error: () => {},
    });
  return [terms, load];
}
