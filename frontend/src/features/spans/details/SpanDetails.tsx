import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { SpanDetailsQuery, SpanDetailsQuery$data } from "../../../__generated__/SpanDetailsQuery.graphql";
import { EmptyNote } from "../../../ui/EmptyState";
import { SpanHeader } from "./SpanHeader";
import { SpanTabs } from "./SpanTabs";

export type SpanNode = Extract<SpanDetailsQuery$data["node"], { readonly __typename: "Span" }>;

/** `attempt` grows when a failed reading is tried again. */
export function SpanDetails({ spanId, attempt }: { spanId: string; attempt: number }) {
  const { node } = useLazyLoadQuery<SpanDetailsQuery>(
    graphql`
      query SpanDetailsQuery($id: ID!) {
        node(id: $id) {
          __typename
          ... on Span {
            id
            spanId
            parentId
            name
            spanKind
            statusCode
            statusMessage
            startTime
            latencyMs
            tokenCountTotal
            tokenCountPrompt
            tokenCountCompletion
            tokenPromptDetails {
              cacheRead
              cacheWrite
              audio
            }
            modelName
            userId
            input {
              mimeType
              value
            }
            output {
              mimeType
              value
            }
            attributes
            metadata
            events {
              name
              message
              timestamp
              attributes
            }
            links {
              traceId
              spanId
              attributes
            }
            resourceAttributes
            scope {
              name
              version
            }
            trace {
              traceId
              session {
                sessionId
              }
            }
          }
        }
      }
    `,
    { id: spanId },
    // A stored span does not change.
    { fetchPolicy: "store-or-network", fetchKey: attempt },
  );
  if (node.__typename !== "Span") return <EmptyNote>There is no such span.</EmptyNote>;
  return (
    <article aria-label={`Span ${node.name}`} className="flex min-h-0 grow flex-col">
      <SpanHeader span={node} />
      <SpanTabs span={node} />
    </article>
  );
}
