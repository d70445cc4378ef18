import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { useAnnotationNamesQuery } from "../../../__generated__/useAnnotationNamesQuery.graphql";
import { useNewestName } from "../../annotations/model/newest";
import type { Grain } from "../../filter/model/vocabulary";

const NONE: readonly string[] = [];
const NOTE = "note";

/** The names for which there are columns. The table does not wait for them. */
export function useAnnotationNames(project: string, grain: Grain): readonly string[] {
  const environment = useRelayEnvironment();
  const [names, setNames] = useState(NONE);
  const newest = useNewestName();
  // A name that has no column yet is a reason to ask again.
  const unknown = newest !== null && !names.includes(newest) ? newest : null;
  useEffect(() => {
    const subscription = fetchQuery<useAnnotationNamesQuery>(
      environment,
      graphql`
        query useAnnotationNamesQuery($id: ID!, $isSpan: Boolean!, $isTrace: Boolean!, $isSession: Boolean!) {
          node(id: $id) {
            ... on Project {
              span: spanAnnotationNames @include(if: $isSpan)
              trace: traceAnnotationNames @include(if: $isTrace)
              session: sessionAnnotationNames @include(if: $isSession)
            }
          }
        }
      `,
      { id: project, isSpan: grain === "span", isTrace: grain === "trace", isSession: grain === "session" },
      { fetchPolicy: "network-only" },
    ).subscribe({
      next: ({ node }) => setNames((node[grain] ?? NONE).filter((name) => name !== NOTE)),
      // The tables are whole without these columns, and the next visit asks again.
      error: () => {},
    });
    return () => subscription.unsubscribe();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- as above
  }, [environment, project, grain, unknown]);
  return names;
}
