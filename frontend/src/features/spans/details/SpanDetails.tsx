import { Suspense } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { SpanDetailsQuery, SpanDetailsQuery$data } from "../../../__generated__/SpanDetailsQuery.graphql";
import { spanText } from "../../../text/span";
import { EmptyNote } from "../../../ui/EmptyState";
import { ErrorBoundary } from "../../../ui/ErrorBoundary";
import { AnnotationDock } from "../../annotations/AnnotationDock";
import { useAnnotate } from "../../annotations/useAnnotate";
import { useSpanAnnotations } from "../../annotations/useSpanAnnotations";
import { SpanHeader } from "./SpanHeader";
import { SpanTabs } from "./SpanTabs";

type Answer = Extract<SpanDetailsQuery$data["node"], { readonly __typename: "Span" }>;

export type SpanNode = Answer & {
  readonly [part in "annotated" | "judged"]: NonNullable<Answer[part]>;
};

function isSpan(node: SpanDetailsQuery$data["node"]): node is SpanNode {
  return node.__typename === "Span" && Boolean(node.annotated && node.judged);
}

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
            timeToFirstTokenMs
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
              fromLog
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
            project {
              id
              name
            }
            costSummary {
              total {
                cost
              }
            }
            costDetailSummaryEntries {
              tokenType
              isPrompt
              value {
                tokens
                cost
              }
            }
            derivation {
              dialects {
                id
                title
              }
              fields {
                path
                dialect
                source
              }
              missing {
                path
                reason
                source
                advice
              }
              masked
              repetition {
                scope
                spanId
              }
            }
            ...useSpanAnnotations_span @alias(as: "annotated")
            ...useDocumentAnnotations_span @alias(as: "judged")
          }
        }
      }
    `,
    { id: spanId },
    // A stored span does not change.
    { fetchPolicy: "store-or-network", fetchKey: attempt },
  );
  if (!isSpan(node)) return <EmptyNote>{spanText.unknown}</EmptyNote>;
  return <LoadedSpan span={node} />;
}

function LoadedSpan({ span }: { span: SpanNode }) {
  const annotate = useAnnotate(useSpanAnnotations(span.annotated));
  return (
    <article aria-label={spanText.span(span.name)} className="flex min-h-0 grow flex-col">
      <SpanHeader span={span} annotations={annotate.annotations} />
      <SpanTabs span={span} annotate={annotate} />
      <ErrorBoundary resetKey={span.id} fallback={() => null}>
        <Suspense fallback={<div className="h-10 shrink-0 border-t border-line" />}>
          <AnnotationDock key={span.id} projectId={span.project.id} annotate={annotate} />
        </Suspense>
      </ErrorBoundary>
    </article>
  );
}
