import { graphql } from "react-relay/hooks";
import type { useBulkWriterDeleteSessionMutation } from "../../__generated__/useBulkWriterDeleteSessionMutation.graphql";
import type { useBulkWriterDeleteSpansMutation } from "../../__generated__/useBulkWriterDeleteSpansMutation.graphql";
import type { useBulkWriterDeleteTracesMutation } from "../../__generated__/useBulkWriterDeleteTracesMutation.graphql";
import type { useBulkWriterSessionMutation } from "../../__generated__/useBulkWriterSessionMutation.graphql";
import type { useBulkWriterSpansMutation } from "../../__generated__/useBulkWriterSpansMutation.graphql";
import type { useBulkWriterTracesMutation } from "../../__generated__/useBulkWriterTracesMutation.graphql";
import { useMutate } from "../../lib/mutate";
import { useViewer } from "../../lib/viewer";
import type { Change } from "./model/annotation";
import { BY_HAND, slot } from "./writer";

export type BulkTarget = "span" | "trace" | "session";

type Stored = { readonly id: string; readonly createdAt: string; readonly updatedAt: string };

/** Targets of one request. */
const BATCH = 200;

/** Annotates many targets in batches; says how far it came. The ids are those of GraphQL. */
export function useBulkWriter(target: BulkTarget) {
  const viewerId = useViewer()?.id ?? null;
  const spans = useMutate<useBulkWriterSpansMutation>(graphql`
    mutation useBulkWriterSpansMutation($input: [CreateSpanAnnotationInput!]!) {
      createSpanAnnotations(input: $input) {
        spanAnnotations {
          id
          createdAt
          updatedAt
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  const traces = useMutate<useBulkWriterTracesMutation>(graphql`
    mutation useBulkWriterTracesMutation($input: [CreateTraceAnnotationInput!]!) {
      createTraceAnnotations(input: $input) {
        traceAnnotations {
          id
          createdAt
          updatedAt
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  const session = useMutate<useBulkWriterSessionMutation>(graphql`
    mutation useBulkWriterSessionMutation($input: CreateProjectSessionAnnotationInput!) {
      createProjectSessionAnnotations(input: $input) {
        projectSessionAnnotation {
          id
          createdAt
          updatedAt
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);
  const deleteSpans = useMutate<useBulkWriterDeleteSpansMutation>(graphql`
    mutation useBulkWriterDeleteSpansMutation($input: DeleteAnnotationsInput!) {
      deleteSpanAnnotations(input: $input) {
        spanAnnotations {
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  const deleteTraces = useMutate<useBulkWriterDeleteTracesMutation>(graphql`
    mutation useBulkWriterDeleteTracesMutation($input: DeleteAnnotationsInput!) {
      deleteTraceAnnotations(input: $input) {
        traceAnnotations {
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  const deleteSession = useMutate<useBulkWriterDeleteSessionMutation>(graphql`
    mutation useBulkWriterDeleteSessionMutation($id: ID!) {
      deleteProjectSessionAnnotation(id: $id) {
        projectSessionAnnotation {
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);

  const write = async (ids: readonly string[], change: Change): Promise<readonly Stored[]> => {
    const common = { ...BY_HAND, ...change, ...slot(null, viewerId), metadata: {} };
    switch (target) {
      case "span":
        return (await spans({ input: ids.map((spanId) => ({ ...common, spanId })) })).createSpanAnnotations
          .spanAnnotations;
      case "trace":
        return (await traces({ input: ids.map((traceId) => ({ ...common, traceId })) })).createTraceAnnotations
          .traceAnnotations;
      case "session": {
        const [projectSessionId = ""] = ids;
        const { createProjectSessionAnnotations: answer } = await session({ input: { ...common, projectSessionId } });
        return [answer.projectSessionAnnotation];
      }
    }
  };

  const erase = async (ids: readonly string[]): Promise<unknown> => {
    const input = { annotationIds: [...ids] };
    switch (target) {
      case "span":
        return deleteSpans({ input });
      case "trace":
        return deleteTraces({ input });
      case "session":
        return deleteSession({ id: ids[0] ?? "" });
    }
  };

  // The server takes sessions one by one.
  const size = target === "session" ? 1 : BATCH;
  return {
    /** `made` are the ids of annotations that were not there before. */
    set: async (ids: readonly string[], change: Change) => {
      const stored: Stored[] = [];
      let error: unknown = null;
      try {
        for (const batch of batches(ids, size)) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other: the server is not to be flooded
          stored.push(...(await write(batch, change)));
        }
      } catch (problem) {
        error = problem;
      }
      const made = stored.filter(({ createdAt, updatedAt }) => createdAt === updatedAt).map(({ id }) => id);
      return { made, replaced: stored.length - made.length, error };
    },
    remove: async (ids: readonly string[]) => {
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const batch of batches(ids, size)) await erase(batch);
    },
  };
}

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
