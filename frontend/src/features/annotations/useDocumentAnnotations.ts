import { graphql, useFragment } from "react-relay/hooks";
import type { useDocumentAnnotationsCreateMutation } from "../../__generated__/useDocumentAnnotationsCreateMutation.graphql";
import type { useDocumentAnnotationsDeleteMutation } from "../../__generated__/useDocumentAnnotationsDeleteMutation.graphql";
import type {
  useDocumentAnnotations_span$data,
  useDocumentAnnotations_span$key,
} from "../../__generated__/useDocumentAnnotations_span.graphql";
import { useMutate } from "../../lib/mutate";
import { useViewer } from "../../lib/viewer";
import type { Annotation } from "./model/annotation";
import { drop, place } from "./optimistic";
import { BY_HAND, firstId, slot, type Writer } from "./writer";

export type RetrievalMetrics = useDocumentAnnotations_span$data["documentRetrievalMetrics"][number];

/** What is said about the documents of a span, by their position. */
export function useDocumentAnnotations(key: useDocumentAnnotations_span$key): {
  at: (position: number) => { annotations: readonly Annotation[]; writer: Writer };
  metrics: readonly RetrievalMetrics[];
} {
  const span = useFragment(
    graphql`
      fragment useDocumentAnnotations_span on Span {
        id
        documentEvaluations {
          id
          documentPosition
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
        documentRetrievalMetrics {
          evaluationName
          precision
          ndcg
          reciprocalRank
          hit
        }
      }
    `,
    key,
  );
  const viewerId = useViewer()?.id ?? null;
  const owner = { id: span.id, field: "documentEvaluations", type: "DocumentAnnotation" };
  const create = useMutate<useDocumentAnnotationsCreateMutation>(graphql`
    mutation useDocumentAnnotationsCreateMutation($input: [CreateDocumentAnnotationInput!]!) {
      createDocumentAnnotations(input: $input) {
        documentAnnotations {
          id
          span {
            ...useDocumentAnnotations_span
          }
        }
      }
    }
  `);
  const remove = useMutate<useDocumentAnnotationsDeleteMutation>(graphql`
    mutation useDocumentAnnotationsDeleteMutation($input: DeleteAnnotationsInput!) {
      deleteDocumentAnnotations(input: $input) {
        documentAnnotations {
          span {
            ...useDocumentAnnotations_span
          }
        }
      }
    }
  `);
  return {
    metrics: span.documentRetrievalMetrics,
    at: (position) => ({
      annotations: span.documentEvaluations.filter(({ documentPosition }) => documentPosition === position),
      writer: {
        set: async (change, before) => {
          const input = {
            ...BY_HAND,
            ...change,
            ...slot(before, viewerId),
            spanId: span.id,
            documentPosition: position,
            metadata: {},
          };
          const answer = await create({ input: [input] }, (store) =>
            place(store, owner, change, before?.id ?? null, { documentPosition: position }),
          );
          return firstId(answer.createDocumentAnnotations.documentAnnotations);
        },
        remove: async ({ id }) => {
          await remove({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
        },
        notes: null,
      },
    }),
  };
}
