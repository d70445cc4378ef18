import { ArrowDown, ArrowUp, Check, Link2, Maximize2, Minimize2, X } from "lucide-react";
import { useDeferredValue, type ReactNode } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import type { TraceHeaderQuery } from "../../__generated__/TraceHeaderQuery.graphql";
import { Link } from "react-router";
import { common } from "../../text/common";
import { facts } from "../../text/figures";
import { traceText } from "../../text/trace";
import { IconButton } from "../../ui/Button";
import { CopyButton, useCopied } from "../../ui/CopyButton";
import { Cost, Count, Duration, When } from "../../ui/Figures";
import { KindIcon, type Kind } from "../../ui/Kind";
import { StatusBadge } from "../../ui/Status";
import { Explained } from "../../ui/Tooltip";
import { CostBreakdown } from "../spans/details/CostBreakdown";
import { TraceAnnotate } from "./TraceAnnotate";
import { useProject } from "../projects/ProjectContext";
import { sessionPath } from "../../lib/urlState";

export type TraceHeaderActions = {
  isPage: boolean;
  canShrink: boolean;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onTogglePage: () => void;
  onClose: () => void;
};

export function TraceHeader({
  traceId,
  version,
  firstSpan,
  ...actions
}: {
  traceId: string;
  version: string;
  firstSpan: { name: string; kind: Kind } | null;
} & TraceHeaderActions) {
  const { id } = useProject();
  const fetchKey = useDeferredValue(version);
  const { node } = useLazyLoadQuery<TraceHeaderQuery>(
    graphql`
      query TraceHeaderQuery($projectId: ID!, $traceId: ID!) {
        node(id: $projectId) {
          ... on Project {
            trace(traceId: $traceId) {
              startTime
              latencyMs
              numSpans
              errorCount
              tokenUsage {
                prompt
                completion
                total
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
              ...useTraceAnnotations_trace
              rootSpan {
                name
                spanKind
                statusCode
              }
              session {
                id
                sessionId
              }
            }
          }
        }
      }
    `,
    { projectId: id, traceId },
    { fetchPolicy: "store-and-network", fetchKey },
  );
  const trace = node.trace;
  if (!trace) return <TraceHeaderFrame traceId={traceId} {...actions} />;
  const root = trace.rootSpan;
  const name = root?.name ?? firstSpan?.name ?? traceText.title;
  return (
    <TraceHeaderFrame
      traceId={traceId}
      title={
        <>
          <KindIcon kind={root?.spanKind ?? firstSpan?.kind ?? "unknown"} size={15} />
          <h2 className="truncate text-section font-semibold" title={name}>
            {name}
          </h2>
          <StatusBadge code={trace.errorCount > 0 ? "ERROR" : (root?.statusCode ?? "UNSET")} />
        </>
      }
      figures={
        <>
          <Fact name={facts.latency}>
            <Duration ms={trace.latencyMs} />
          </Fact>
          <Fact name={facts.spans}>
            <Count value={trace.numSpans} />
          </Fact>
          {trace.errorCount > 0 && (
            <Fact name={facts.failed}>
              <span className="text-danger">{facts.spanCount(trace.errorCount)}</span>
            </Fact>
          )}
          {trace.tokenUsage.total > 0 && (
            <Fact name={facts.tokens}>
              <Count value={trace.tokenUsage.total} />
              <span className="text-ink-3"> {facts.inOut(trace.tokenUsage.prompt, trace.tokenUsage.completion)}</span>
            </Fact>
          )}
          {trace.costSummary.total.cost !== null && (
            <Fact name={facts.cost}>
              <Explained
                content={
                  <CostBreakdown total={trace.costSummary.total.cost ?? 0} entries={trace.costDetailSummaryEntries} />
                }
              >
                <Cost usd={trace.costSummary.total.cost} />
              </Explained>
            </Fact>
          )}
          <Fact name={facts.started}>
            <When time={trace.startTime} />
          </Fact>
          {trace.session && (
            <Fact name={facts.session}>
              <Link
                to={sessionPath(id, trace.session.id)}
                className="inline-block max-w-40 truncate rounded-control align-bottom hover:underline"
                title={trace.session.sessionId}
              >
                {trace.session.sessionId}
              </Link>
            </Fact>
          )}
        </>
      }
      annotations={<TraceAnnotate projectId={id} trace={trace} />}
      {...actions}
    />
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex shrink-0 gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

/** The header with what is known; its height does not change when the rest arrives. */
export function TraceHeaderFrame({
  traceId,
  title,
  figures,
  annotations,
  isPage,
  canShrink,
  onPrevious,
  onNext,
  onTogglePage,
  onClose,
}: { traceId: string; title?: ReactNode; figures?: ReactNode; annotations?: ReactNode } & TraceHeaderActions) {
  const [copied, copy] = useCopied();
  return (
    <header className="@container shrink-0 border-b border-line">
      <div className="flex flex-wrap items-center gap-x-1 px-2 @stack:flex-nowrap">
        <div className="flex h-10 min-w-0 grow basis-0 items-center gap-1 @stack:grow-0 @stack:basis-auto">
          <IconButton
            label={traceText.previous}
            shortcut="k"
            icon={<ArrowUp size={15} />}
            isDisabled={!onPrevious}
            onPress={() => onPrevious?.()}
          />
          <IconButton
            label={traceText.next}
            shortcut="j"
            icon={<ArrowDown size={15} />}
            isDisabled={!onNext}
            onPress={() => onNext?.()}
          />
          <div className="ml-1 flex min-w-0 items-center gap-2">{title}</div>
        </div>
        <dl className="order-last flex h-7 w-full items-center gap-4 overflow-hidden px-2 pb-1 text-meta @stack:order-none @stack:ml-4 @stack:h-10 @stack:min-w-0 @stack:grow @stack:basis-0 @stack:pb-0">
          {figures}
        </dl>
        <div className="flex max-w-[45%] min-w-0 shrink-0 items-center gap-1">
          {annotations}
          <code className="text-label text-ink-3 max-stack:hidden" title={traceId}>
            {traceId.length > 12 ? `${traceId.slice(0, 8)}…` : traceId}
          </code>
          <CopyButton label={traceText.copyId} text={traceId} />
          <IconButton
            label={copied ? traceText.linkCopied : traceText.copyLink}
            icon={copied ? <Check size={15} className="text-success" /> : <Link2 size={15} />}
            onPress={() => copy(window.location.href)}
          />
          {canShrink && (
            <IconButton
              label={isPage ? traceText.beside : traceText.page}
              shortcut="f"
              icon={isPage ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
              onPress={onTogglePage}
            />
          )}
          <IconButton label={common.close} shortcut="esc" icon={<X size={16} />} onPress={onClose} />
        </div>
      </div>
    </header>
  );
}
