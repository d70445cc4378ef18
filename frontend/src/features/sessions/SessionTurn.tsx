import { ListTree } from "lucide-react";
import type { ReactNode } from "react";
import { graphql, useFragment } from "react-relay/hooks";
import { Link, useSearchParams } from "react-router";
import type { SessionTurn_trace$key } from "../../__generated__/SessionTurn_trace.graphql";
import { timeSearch, tracePath } from "../../lib/urlState";
import { sessionsText } from "../../text/sessions";
import { common } from "../../text/common";
import { facts } from "../../text/figures";
import { CopyButton } from "../../ui/CopyButton";
import { Cost, Count, Duration, When } from "../../ui/Figures";
import { StatusBadge } from "../../ui/Status";
import { TurnAnnotate } from "./SessionAnnotate";
import { ValueView } from "../../ui/text/ValueView";

/** What was asked at the right, what was answered at the left, and the trace behind it one step away. */
export function SessionTurn({
  trace,
  index,
  user,
}: {
  trace: SessionTurn_trace$key;
  index: number;
  user: string | null;
}) {
  const [params] = useSearchParams();
  const turn = useFragment(
    graphql`
      fragment SessionTurn_trace on Trace {
        traceId
        projectId
        ...useTraceAnnotations_trace
        startTime
        latencyMs
        errorCount
        tokenUsage {
          total
        }
        costSummary {
          total {
            cost
          }
        }
        rootSpan {
          name
          statusCode
          userId
          input {
            value
          }
          output {
            value
          }
        }
      }
    `,
    trace,
  );
  const root = turn.rootSpan;
  const speaker = root?.userId ?? user;
  return (
    <article aria-label={sessionsText.turn(index)} className="flex flex-col gap-2 py-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-ink-3">
        <h3 className="shrink-0 font-medium text-ink-2">{sessionsText.turn(index)}</h3>
        <Link
          to={tracePath(turn.projectId, "traces", turn.traceId) + timeSearch(params)}
          className="flex min-w-0 items-center gap-1 rounded-control text-ink-2 hover:text-ink hover:underline"
        >
          <ListTree size={13} className="shrink-0" aria-hidden />
          <span className="truncate">{root?.name ?? turn.traceId}</span>
          <span className="sr-only">{sessionsText.openTrace}</span>
        </Link>
        {turn.errorCount > 0 && <StatusBadge code="ERROR" />}
        <span className="h-px grow bg-line max-phone:hidden" />
        <TurnAnnotate projectId={turn.projectId} trace={turn} index={index} />
        <span className="flex shrink-0 items-center gap-3">
          <Duration ms={turn.latencyMs} />
          <span>
            <Count value={turn.tokenUsage.total} /> {facts.tok}
          </span>
          <Cost usd={turn.costSummary.total.cost} />
          <When time={turn.startTime} />
        </span>
      </header>
      <Bubble
        side="end"
        label={speaker ? `${sessionsText.user} ${speaker}` : sessionsText.input}
        text={root?.input?.value}
      >
        {sessionsText.noInput}
      </Bubble>
      <Bubble side="start" label={sessionsText.output} text={root?.output?.value}>
        {sessionsText.noOutput}
      </Bubble>
    </article>
  );
}

function Bubble({
  side,
  label,
  text,
  children,
}: {
  side: "start" | "end";
  label: string;
  text: string | null | undefined;
  /** Why there is nothing. */
  children: ReactNode;
}) {
  const isEnd = side === "end";
  return (
    <div
      className={`group relative min-w-0 max-w-[86%] rounded-surface border px-3 py-2 ${
        isEnd ? "self-end border-transparent bg-accent-soft" : "self-start border-line bg-surface dark:bg-raised"
      }`}
    >
      <div className="flex items-center gap-2">
        <h4 className="text-label font-medium text-ink-3">{label}</h4>
        {text && (
          <span className="ml-auto opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
            <CopyButton label={common.copyOf(label)} text={text} />
          </span>
        )}
      </div>
      {text ? <ValueView text={text} /> : <p className="text-meta text-ink-3">{children}</p>}
    </div>
  );
}
