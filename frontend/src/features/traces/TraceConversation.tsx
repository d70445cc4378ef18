import { MessagesSquare, Wrench } from "lucide-react";
import { startTransition, useDeferredValue, useEffect, useState, type ReactNode } from "react";
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay/hooks";
import type { TraceConversationPageQuery } from "../../__generated__/TraceConversationPageQuery.graphql";
import type { TraceConversationQuery } from "../../__generated__/TraceConversationQuery.graphql";
import type {
  TraceConversation_trace$data,
  TraceConversation_trace$key,
} from "../../__generated__/TraceConversation_trace.graphql";
import { cx } from "../../lib/cx";
import { conversationText as words } from "../../text/conversation";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Cost, Count, Duration } from "../../ui/Figures";
import { KindIcon } from "../../ui/Kind";
import { StatusBadge } from "../../ui/Status";
import { JsonView } from "../../ui/json/JsonView";
import { ValueView } from "../../ui/text/ValueView";
import { MessageList } from "../spans/details/MessageList";
import { argumentPreview } from "../spans/model/conversation";
import { record } from "../spans/model/read";
import { transcript, type Turn } from "../spans/model/transcript";

/** Each carries all it was told, so a page is small. */
const PAGE = 20;
const ONE_LINE = 120;

type Span = TraceConversation_trace$data["spans"]["edges"][number]["node"];

/** The same trace as what was said: calls of models and tools in the order they began, each message once. */
export function TraceConversation({
  trace,
  version,
  selected,
  onSelect,
}: {
  /** The id of GraphQL. */
  trace: string;
  version: number;
  selected: string;
  onSelect: (spanId: string) => void;
}) {
  const fetchKey = useDeferredValue(version);
  const { node } = useLazyLoadQuery<TraceConversationQuery>(
    graphql`
      query TraceConversationQuery($id: ID!, $first: Int!) {
        node(id: $id) {
          ...TraceConversation_trace @arguments(first: $first) @alias(as: "trace")
        }
      }
    `,
    { id: trace, first: PAGE },
    { fetchPolicy: "store-and-network", fetchKey },
  );
  return node.trace && <Turns trace={node.trace} selected={selected} onSelect={onSelect} />;
}

function Turns({
  trace,
  selected,
  onSelect,
}: {
  trace: TraceConversation_trace$key;
  selected: string;
  onSelect: (spanId: string) => void;
}) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    TraceConversationPageQuery,
    TraceConversation_trace$key
  >(
    graphql`
      fragment TraceConversation_trace on Trace
      @refetchable(queryName: "TraceConversationPageQuery")
      @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
        spans(first: $first, after: $after, filterCondition: "span_kind in ['LLM', 'TOOL']")
          @connection(key: "TraceConversation_spans") {
          edges {
            node {
              id
              name
              spanKind
              statusCode
              statusMessage
              latencyMs
              tokenCountTotal
              modelName
              costSummary {
                total {
                  cost
                }
              }
              attributes
              input {
                value
              }
              output {
                value
              }
            }
          }
        }
      }
    `,
    trace,
  );
  const turns = transcript(data.spans.edges.map(({ node }) => node));
  if (turns.length === 0) {
    return (
      <EmptyState icon={<MessagesSquare size={28} strokeWidth={1.5} />} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <div
      // Long conversations scroll, so they must be reachable.
      tabIndex={0}
      role="region"
      aria-label={words.title}
      className="min-h-0 grow overflow-auto"
    >
      <ol className="mx-auto flex max-w-220 flex-col px-4 pb-4">
        {turns.map((turn, index) => (
          <li key={turn.span.id} className="[contain-intrinsic-size:auto_200px] [content-visibility:auto]">
            <TurnView turn={turn} index={index} isSelected={turn.span.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      {hasNext && (
        <div className="flex justify-center pb-6">
          <Button isPending={isLoadingNext} onPress={() => startTransition(() => void loadNext(PAGE))}>
            {words.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function TurnView({
  turn,
  index,
  isSelected,
  onSelect,
}: {
  turn: Turn<Span>;
  index: number;
  isSelected: boolean;
  onSelect: (spanId: string) => void;
}) {
  const { span } = turn;
  const [article, setArticle] = useState<HTMLElement | null>(null);
  // Whoever comes from the tree finds the span they were reading; later selections are made here, in sight.
  const [wasSelected] = useState(isSelected);
  useEffect(() => {
    if (wasSelected) article?.scrollIntoView({ block: "nearest" });
  }, [article, wasSelected]);
  return (
    <article ref={setArticle} aria-label={span.name} className="flex flex-col gap-2 py-2.5">
      <button
        type="button"
        aria-label={words.select(span.name)}
        aria-pressed={isSelected}
        onClick={() => onSelect(span.id)}
        className={cx(
          "-mx-2 flex h-7 cursor-default items-center gap-2 rounded-control px-2 text-left text-meta hover:bg-hover",
          isSelected && "bg-selected",
        )}
      >
        <span className="tabular w-5 shrink-0 text-right text-label text-ink-3">{index + 1}</span>
        <KindIcon kind={span.spanKind} size={14} />
        <span className="min-w-0 truncate font-medium">{span.name}</span>
        {span.modelName && <span className="min-w-0 truncate text-ink-3">{span.modelName}</span>}
        {span.statusCode === "ERROR" && <StatusBadge code="ERROR" />}
        <span className="h-px grow bg-line" />
        <span className="flex shrink-0 items-center gap-3 text-ink-3">
          <Duration ms={span.latencyMs} />
          {turn.type === "call" && (
            <>
              <span>
                <Count value={span.tokenCountTotal} /> {words.tokens}
              </span>
              <Cost usd={span.costSummary?.total.cost} model={span.modelName ?? null} />
            </>
          )}
        </span>
      </button>
      <div className="flex flex-col gap-2 pl-7">
        {turn.type === "tool" ? <ToolTurn turn={turn} /> : <CallTurn turn={turn} />}
        {span.statusCode === "ERROR" && span.statusMessage && (
          <p className="rounded-control bg-danger-soft px-3 py-1.5 text-meta break-words text-danger">
            {span.statusMessage.slice(0, 500)}
          </p>
        )}
      </div>
    </article>
  );
}

function CallTurn({ turn }: { turn: Extract<Turn<Span>, { type: "call" }> }) {
  if (turn.plain) {
    return (
      <>
        {turn.plain.input !== null && <Plain>{turn.plain.input}</Plain>}
        {turn.plain.output !== null ? <Plain>{turn.plain.output}</Plain> : <NoAnswer span={turn.span} />}
      </>
    );
  }
  return (
    <>
      {turn.said.length > 0 && <MessageList messages={turn.said} openLast={false} />}
      {turn.answered.length > 0 ? <MessageList messages={turn.answered} openLast /> : <NoAnswer span={turn.span} />}
    </>
  );
}

function Plain({ children }: { children: string }) {
  return (
    <div className="rounded-surface border border-line px-3 py-2">
      <ValueView text={children} />
    </div>
  );
}

function NoAnswer({ span }: { span: Span }) {
  return <p className="text-meta text-ink-3">{span.statusCode === "ERROR" ? words.failed : words.noAnswer}</p>;
}

function ToolTurn({ turn }: { turn: Extract<Turn<Span>, { type: "tool" }> }) {
  const fields = record(turn.arguments ?? undefined);
  const short = argumentPreview(turn.arguments);
  return (
    <div data-kind="tool" className="rounded-control bg-sunken">
      <ToolLine icon={<Wrench size={13} className="mt-[3px] shrink-0 text-kind" aria-label={words.arguments} />}>
        {fields && short.length > ONE_LINE ? (
          <JsonView value={fields} />
        ) : (
          <code className="text-code break-words">
            <span className="font-medium text-kind">{turn.span.name}</span>
            <span className="text-ink-3">(</span>
            {short}
            <span className="text-ink-3">)</span>
          </code>
        )}
      </ToolLine>
      <div className="border-t border-line px-2.5 py-1.5 pl-7">
        {turn.result === null ? (
          <p className="text-meta text-ink-3">{words.noResult}</p>
        ) : (
          <ValueView text={turn.result} />
        )}
      </div>
    </div>
  );
}

function ToolLine({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-1.5 px-2.5 py-1.5">
      {icon}
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
