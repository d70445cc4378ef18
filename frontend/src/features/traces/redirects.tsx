import { Suspense } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { Navigate, useParams, useSearchParams } from "react-router";
import type { redirectsSpanQuery } from "../../__generated__/redirectsSpanQuery.graphql";
import type { redirectsTraceQuery } from "../../__generated__/redirectsTraceQuery.graphql";
import { NotFound } from "../../app/NotFoundPage";
import { tracePath, withSearch } from "../../lib/urlState";
import { traceText } from "../../text/trace";

/** Links by OpenTelemetry ids, from logs and SDKs, to the addresses the app itself uses. */
export function RedirectToTrace() {
  return (
    <Suspense>
      <ToTrace />
    </Suspense>
  );
}

export function RedirectToSpan() {
  return (
    <Suspense>
      <ToSpan />
    </Suspense>
  );
}

function ToTrace() {
  const { traceId = "" } = useParams();
  const [params] = useSearchParams();
  const { getTraceByOtelId: trace } = useLazyLoadQuery<redirectsTraceQuery>(
    graphql`
      query redirectsTraceQuery($traceId: String!) {
        getTraceByOtelId(traceId: $traceId) {
          traceId
          projectId
        }
      }
    `,
    { traceId },
    { fetchPolicy: "network-only" },
  );
  if (!trace) return <Unknown thing="trace" id={traceId} />;
  return <Navigate to={withSearch(tracePath(trace.projectId, "traces", trace.traceId), params)} replace />;
}

function ToSpan() {
  const { spanId = "" } = useParams();
  const [params] = useSearchParams();
  const { getSpanByOtelId: span } = useLazyLoadQuery<redirectsSpanQuery>(
    graphql`
      query redirectsSpanQuery($spanId: String!) {
        getSpanByOtelId(spanId: $spanId) {
          id
          trace {
            traceId
            projectId
          }
        }
      }
    `,
    { spanId },
    { fetchPolicy: "network-only" },
  );
  if (!span) return <Unknown thing="span" id={spanId} />;
  const search = new URLSearchParams(params);
  search.set("selectedSpanNodeId", span.id);
  return <Navigate to={withSearch(tracePath(span.trace.projectId, "spans", span.trace.traceId), search)} replace />;
}

function Unknown({ thing, id }: { thing: "trace" | "span"; id: string }) {
  return (
    <NotFound title={thing === "trace" ? traceText.unknown : traceText.unknownSpan}>
      <code className="text-code break-all">{id}</code>{" "}
      {thing === "trace" ? traceText.unknownNote : traceText.unknownSpanNote}
    </NotFound>
  );
}
