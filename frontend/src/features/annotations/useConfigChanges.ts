import { graphql } from "react-relay/hooks";
import type { useConfigChangesCreateMutation } from "../../__generated__/useConfigChangesCreateMutation.graphql";
import type { useConfigChangesDeleteMutation } from "../../__generated__/useConfigChangesDeleteMutation.graphql";
import type { useConfigChangesOfferMutation } from "../../__generated__/useConfigChangesOfferMutation.graphql";
import type { useConfigChangesUpdateMutation } from "../../__generated__/useConfigChangesUpdateMutation.graphql";
import type { useConfigChangesWithdrawMutation } from "../../__generated__/useConfigChangesWithdrawMutation.graphql";
import { useMutate } from "../../lib/mutate";
import { inputOf, type ConfigForm } from "./model/form";

/** What can be done to configs; every change is followed by reading them anew. */
export function useConfigChanges(projectId: string, refresh: () => Promise<void>) {
  const create = useMutate<useConfigChangesCreateMutation>(graphql`
    mutation useConfigChangesCreateMutation($input: CreateAnnotationConfigInput!) {
      createAnnotationConfig(input: $input) {
        annotationConfig {
          ... on Node {
            id
          }
        }
      }
    }
  `);
  const update = useMutate<useConfigChangesUpdateMutation>(graphql`
    mutation useConfigChangesUpdateMutation($input: UpdateAnnotationConfigInput!) {
      updateAnnotationConfig(input: $input) {
        annotationConfig {
          ... on Node {
            id
          }
        }
      }
    }
  `);
  const remove = useMutate<useConfigChangesDeleteMutation>(graphql`
    mutation useConfigChangesDeleteMutation($input: DeleteAnnotationConfigsInput!) {
      deleteAnnotationConfigs(input: $input) {
        __typename
      }
    }
  `);
  const offer = useMutate<useConfigChangesOfferMutation>(graphql`
    mutation useConfigChangesOfferMutation($input: [AddAnnotationConfigToProjectInput!]!) {
      addAnnotationConfigToProject(input: $input) {
        __typename
      }
    }
  `);
  const withdraw = useMutate<useConfigChangesWithdrawMutation>(graphql`
    mutation useConfigChangesWithdrawMutation($input: [RemoveAnnotationConfigFromProjectInput!]!) {
      removeAnnotationConfigFromProject(input: $input) {
        __typename
      }
    }
  `);
  return {
    /** A new one is offered in the project where it was made. */
    create: async (form: ConfigForm) => {
      const { createAnnotationConfig: made } = await create({ input: { annotationConfig: inputOf(form) } });
      const annotationConfigId = made.annotationConfig.id;
      if (annotationConfigId) await offer({ input: [{ projectId, annotationConfigId }] });
      await refresh();
    },
    update: async (id: string, form: ConfigForm) => {
      await update({ input: { id, annotationConfig: inputOf(form) } });
      await refresh();
    },
    remove: async (id: string) => {
      await remove({ input: { ids: [id] } });
      await refresh();
    },
    offer: async (annotationConfigId: string, isOffered: boolean) => {
      const input = [{ projectId, annotationConfigId }];
      await (isOffered ? offer({ input }) : withdraw({ input }));
      await refresh();
    },
  };
}
