import { graphql, useFragment } from "react-relay/hooks";
import type { useSpanAnnotationsCreateMutation } from "../../__generated__/useSpanAnnotationsCreateMutation.graphql";
import type { useSpanAnnotationsDeleteMutation } from "../../__generated__/useSpanAnnotationsDeleteMutation.graphql";
import type { useSpanAnnotationsDeleteNoteMutation } from "../../__generated__/useSpanAnnotationsDeleteNoteMutation.graphql";
import type { useSpanAnnotationsNoteMutation } from "../../__generated__/useSpanAnnotationsNoteMutation.graphql";
import type { useSpanAnnotations_span$key } from "../../__generated__/useSpanAnnotations_span.graphql";
import { useMutate } from "../../lib/mutate";
import { useViewer } from "../../lib/viewer";
import { NOTE, type Annotation } from "./model/annotation";
import { drop, place } from "./optimistic";
import { BY_HAND, firstId, slot, type Writer } from "./writer";

export function useSpanAnnotations(key: useSpanAnnotations_span$key): {
  annotations: readonly Annotation[];
  writer: Writer;
} {
  const span = useFragment(
    graphql`
      fragment useSpanAnnotations_span on Span {
        id
        spanAnnotations {
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
  const owner = { id: span.id, field: "spanAnnotations", type: "SpanAnnotation" };
  const create = useMutate<useSpanAnnotationsCreateMutation>(graphql`
    mutation useSpanAnnotationsCreateMutation($input: [CreateSpanAnnotationInput!]!) {
      createSpanAnnotations(input: $input) {
        spanAnnotations {
          id
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  const remove = useMutate<useSpanAnnotationsDeleteMutation>(graphql`
    mutation useSpanAnnotationsDeleteMutation($input: DeleteAnnotationsInput!) {
      deleteSpanAnnotations(input: $input) {
        spanAnnotations {
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  const note = useMutate<useSpanAnnotationsNoteMutation>(graphql`
    mutation useSpanAnnotationsNoteMutation($input: [CreateSpanNoteInput!]!) {
      createSpanNotes(input: $input) {
        spanAnnotations {
          id
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  const removeNote = useMutate<useSpanAnnotationsDeleteNoteMutation>(graphql`
    mutation useSpanAnnotationsDeleteNoteMutation($input: DeleteAnnotationsInput!) {
      deleteSpanNotes(input: $input) {
        spanAnnotations {
          span {
            ...useSpanAnnotations_span
          }
        }
      }
    }
  `);
  return {
    annotations: span.spanAnnotations,
    writer: {
      set: async (change, before) => {
        const input = { ...BY_HAND, ...change, ...slot(before, viewerId), spanId: span.id, metadata: {} };
        const answer = await create({ input: [input] }, (store) => place(store, owner, change, before?.id ?? null));
        return firstId(answer.createSpanAnnotations.spanAnnotations);
      },
      remove: async ({ id }) => {
        await remove({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
      },
      notes: {
        add: async (text) => {
          const input = { ...BY_HAND, span: { id: span.id }, note: text };
          const shown = { name: NOTE, label: null, score: null, explanation: text };
          const answer = await note({ input: [input] }, (store) => place(store, owner, shown, null));
          return firstId(answer.createSpanNotes.spanAnnotations);
        },
        remove: async ({ id }) => {
          await removeNote({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
        },
      },
    },
  };
}
