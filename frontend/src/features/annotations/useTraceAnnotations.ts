import { graphql, useFragment } from "react-relay/hooks";
import type { useTraceAnnotationsCreateMutation } from "../../__generated__/useTraceAnnotationsCreateMutation.graphql";
import type { useTraceAnnotationsDeleteMutation } from "../../__generated__/useTraceAnnotationsDeleteMutation.graphql";
import type { useTraceAnnotationsDeleteNoteMutation } from "../../__generated__/useTraceAnnotationsDeleteNoteMutation.graphql";
import type { useTraceAnnotationsNoteMutation } from "../../__generated__/useTraceAnnotationsNoteMutation.graphql";
import type { useTraceAnnotations_trace$key } from "../../__generated__/useTraceAnnotations_trace.graphql";
import { useMutate } from "../../lib/mutate";
import { useViewer } from "../../lib/viewer";
import { NOTE, type Annotation } from "./model/annotation";
import { drop, place } from "./optimistic";
import { BY_HAND, firstId, slot, type Writer } from "./writer";

export function useTraceAnnotations(key: useTraceAnnotations_trace$key): {
  annotations: readonly Annotation[];
  writer: Writer;
} {
  const trace = useFragment(
    graphql`
      fragment useTraceAnnotations_trace on Trace {
        id
        traceAnnotations {
          id
          name
          annotatorKind
          label
          score
          explanation
          identifier
          source
          createdAt
          user {
            id
            username
          }
        }
      }
    `,
    key,
  );
  const viewerId = useViewer()?.id ?? null;
  const owner = { id: trace.id, field: "traceAnnotations", type: "TraceAnnotation" };
  const create = useMutate<useTraceAnnotationsCreateMutation>(graphql`
    mutation useTraceAnnotationsCreateMutation($input: [CreateTraceAnnotationInput!]!) {
      createTraceAnnotations(input: $input) {
        traceAnnotations {
          id
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  const remove = useMutate<useTraceAnnotationsDeleteMutation>(graphql`
    mutation useTraceAnnotationsDeleteMutation($input: DeleteAnnotationsInput!) {
      deleteTraceAnnotations(input: $input) {
        traceAnnotations {
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  const note = useMutate<useTraceAnnotationsNoteMutation>(graphql`
    mutation useTraceAnnotationsNoteMutation($input: [CreateTraceNoteInput!]!) {
      createTraceNotes(input: $input) {
        traceAnnotations {
          id
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  const removeNote = useMutate<useTraceAnnotationsDeleteNoteMutation>(graphql`
    mutation useTraceAnnotationsDeleteNoteMutation($input: DeleteAnnotationsInput!) {
      deleteTraceNotes(input: $input) {
        traceAnnotations {
          trace {
            ...useTraceAnnotations_trace
          }
        }
      }
    }
  `);
  return {
    annotations: trace.traceAnnotations,
    writer: {
      set: async (change, before) => {
        const input = { ...BY_HAND, ...change, ...slot(before, viewerId), traceId: trace.id, metadata: {} };
        const answer = await create({ input: [input] }, (store) => place(store, owner, change, before?.id ?? null));
        return firstId(answer.createTraceAnnotations.traceAnnotations);
      },
      remove: async ({ id }) => {
        await remove({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
      },
      notes: {
        add: async (text) => {
          const input = { ...BY_HAND, trace: { id: trace.id }, note: text };
          const shown = { name: NOTE, label: null, score: null, explanation: text };
          const answer = await note({ input: [input] }, (store) => place(store, owner, shown, null));
          return firstId(answer.createTraceNotes.traceAnnotations);
        },
        remove: async ({ id }) => {
          await removeNote({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
        },
      },
    },
  };
}
