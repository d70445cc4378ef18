import { startTransition, useDeferredValue, type ReactNode } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import type { Session_session$key } from "../../__generated__/Session_session.graphql";
import type { SessionPageQuery } from "../../__generated__/SessionPageQuery.graphql";
import type { SessionQuery } from "../../__generated__/SessionQuery.graphql";
import { sessionsText } from "../../text/sessions";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyNote, EmptyState } from "../../ui/EmptyState";
import { Cost, Count, When } from "../../ui/Figures";
import { SessionAnnotate } from "./SessionAnnotate";
import { SessionTurn } from "./SessionTurn";

const TURNS = 50;

/** What was said, turn by turn, with what each turn took. */
export function Session({ id, version }: { id: string; version: string }) {
  const fetchKey = useDeferredValue(version);
  const { node } = useLazyLoadQuery<SessionQuery>(
    graphql`
      query SessionQuery($id: ID!, $first: Int!) {
        node(id: $id) {
          __typename
          ... on ProjectSession {
            sessionId
            startTime
            userId
            numTraces
            numTracesWithError
            tokenUsage {
              total
            }
            costSummary {
              total {
                cost
              }
            }
            project {
              id
            }
            ...useSessionAnnotations_session @alias(as: "annotated")
            ...Session_session @arguments(first: $first) @alias(as: "turns")
          }
        }
      }
    `,
    { id, first: TURNS },
    { fetchPolicy: "store-and-network", fetchKey },
  );
  if (node.__typename !== "ProjectSession") {
    return <EmptyState title={sessionsText.notFound}>{sessionsText.notFoundNote}</EmptyState>;
  }
  const { facts } = sessionsText;
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-meta">
        <span className="flex min-w-0 items-center gap-1">
          <code className="truncate text-code text-ink-2">{node.sessionId}</code>
          <CopyButton label={sessionsText.copyId} text={node.sessionId ?? ""} />
        </span>
        <Fact name={facts.turns}>
          <Count value={node.numTraces} />
        </Fact>
        {(node.numTracesWithError ?? 0) > 0 && (
          <Fact name={facts.failed}>
            <span className="text-danger">
              <Count value={node.numTracesWithError} />
            </span>
          </Fact>
        )}
        <Fact name={facts.tokens}>
          <Count value={node.tokenUsage?.total} />
        </Fact>
        <Fact name={facts.cost}>
          <Cost usd={node.costSummary?.total.cost} />
        </Fact>
        <Fact name={facts.started}>
          <When time={node.startTime} />
        </Fact>
        {node.annotated && node.project && <SessionAnnotate projectId={node.project.id} session={node.annotated} />}
      </div>
      {node.turns && <Turns session={node.turns} user={node.userId ?? null} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="flex gap-1.5">
      <span className="text-ink-3">{name}</span>
      {children}
    </span>
  );
}

function Turns({ session, user }: { session: Session_session$key; user: string | null }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<SessionPageQuery, Session_session$key>(
    graphql`
      fragment Session_session on ProjectSession
      @refetchable(queryName: "SessionPageQuery")
      @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
        traces(first: $first, after: $after) @connection(key: "Session_traces") {
          edges {
            node {
              id
              ...SessionTurn_trace
            }
          }
        }
      }
    `,
    session,
  );
  const turns = data.traces.edges.map((edge) => edge.node);
  return (
    <div
      // Long conversations scroll, so they must be reachable.
      tabIndex={0}
      role="region"
      aria-label={sessionsText.conversation}
      className="min-h-0 grow overflow-auto"
    >
      <ol className="mx-auto flex max-w-220 flex-col px-4 py-3">
        {turns.map((trace, index) => (
          <li key={trace.id} className="[contain-intrinsic-size:auto_240px] [content-visibility:auto]">
            <SessionTurn trace={trace} index={index + 1} user={user} />
          </li>
        ))}
      </ol>
      {turns.length === 0 && <EmptyNote>{sessionsText.empty}</EmptyNote>}
      {hasNext && (
        <div className="flex justify-center pb-6">
          <Button isPending={isLoadingNext} onPress={() => startTransition(() => void loadNext(TURNS))}>
            {sessionsText.more}
          </Button>
        </div>
      )}
    </div>
  );
}
