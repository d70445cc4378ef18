import { graphql, useFragment } from "react-relay/hooks";
import type { useSessionAnnotationsCreateMutation } from "../../__generated__/useSessionAnnotationsCreateMutation.graphql";
import type { useSessionAnnotationsDeleteMutation } from "../../__generated__/useSessionAnnotationsDeleteMutation.graphql";
import type { useSessionAnnotationsDeleteNoteMutation } from "../../__generated__/useSessionAnnotationsDeleteNoteMutation.graphql";
import type { useSessionAnnotationsNoteMutation } from "../../__generated__/useSessionAnnotationsNoteMutation.graphql";
import type { useSessionAnnotations_session$key } from "../../__generated__/useSessionAnnotations_session.graphql";
import { useMutate } from "../../lib/mutate";
import { useViewer } from "../../lib/viewer";
import { NOTE, type Annotation } from "./model/annotation";
import { drop, place } from "./optimistic";
import { BY_HAND, firstId, slot, type Writer } from "./writer";

export function useSessionAnnotations(key: useSessionAnnotations_session$key): {
  annotations: readonly Annotation[];
  writer: Writer;
} {
  const session = useFragment(
    graphql`
      fragment useSessionAnnotations_session on ProjectSession {
        id
        sessionAnnotations {
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
  const owner = { id: session.id, field: "sessionAnnotations", type: "ProjectSessionAnnotation" };
  const create = useMutate<useSessionAnnotationsCreateMutation>(graphql`
    mutation useSessionAnnotationsCreateMutation($input: CreateProjectSessionAnnotationInput!) {
      createProjectSessionAnnotations(input: $input) {
        projectSessionAnnotation {
          id
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);
  const remove = useMutate<useSessionAnnotationsDeleteMutation>(graphql`
    mutation useSessionAnnotationsDeleteMutation($id: ID!) {
      deleteProjectSessionAnnotation(id: $id) {
        projectSessionAnnotation {
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);
  const note = useMutate<useSessionAnnotationsNoteMutation>(graphql`
    mutation useSessionAnnotationsNoteMutation($input: [CreateProjectSessionNoteInput!]!) {
      createProjectSessionNotes(input: $input) {
        projectSessionAnnotations {
          id
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);
  const removeNote = useMutate<useSessionAnnotationsDeleteNoteMutation>(graphql`
    mutation useSessionAnnotationsDeleteNoteMutation($input: DeleteAnnotationsInput!) {
      deleteProjectSessionNotes(input: $input) {
        projectSessionAnnotations {
          projectSession {
            ...useSessionAnnotations_session
          }
        }
      }
    }
  `);
  return {
    annotations: session.sessionAnnotations,
    writer: {
      set: async (change, before) => {
        const input = { ...BY_HAND, ...change, ...slot(before, viewerId), projectSessionId: session.id, metadata: {} };
        const answer = await create({ input }, (store) => place(store, owner, change, before?.id ?? null));
        return answer.createProjectSessionAnnotations.projectSessionAnnotation.id;
      },
      remove: async ({ id }) => {
        await remove({ id }, (store) => drop(store, owner, id));
      },
      notes: {
        add: async (text) => {
          const input = { ...BY_HAND, session: { id: session.id }, note: text };
          const shown = { name: NOTE, label: null, score: null, explanation: text };
          const answer = await note({ input: [input] }, (store) => place(store, owner, shown, null));
          return firstId(answer.createProjectSessionNotes.projectSessionAnnotations);
        },
        remove: async ({ id }) => {
          await removeNote({ input: { annotationIds: [id] } }, (store) => drop(store, owner, id));
        },
      },
    },
  };
}
