import { ArrowDown, ArrowUp } from "lucide-react";
import { documentsText as words } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { RecordView } from "../../../ui/json/RecordView";
import { ValueView } from "../../../ui/text/ValueView";
import { REDACTED } from "../model/read";
import { rankBefore, scoreShare, type Document } from "../model/documents";
import { DocumentAnnotations } from "./DocumentAnnotations";
import { Redacted } from "./Redacted";
import type { SpanNode } from "./SpanDetails";

/** Documents in the order they were returned, with a bar for the score and, after a reranking, how they moved. */
export function DocumentList({
  documents,
  before,
  span,
}: {
  documents: Document[];
  before?: Document[];
  /** Where people say how good each document is; without it nobody can. */
  span?: SpanNode;
}) {
  return (
    <ol className="flex flex-col gap-2">
      {documents.map((document, index) => (
        <li key={index} className="group/document relative flex gap-3 rounded-surface border border-line px-3 py-2">
          <span className="tabular w-4 shrink-0 text-right text-meta leading-5 font-medium text-ink-3">
            {index + 1}
          </span>
          <div className="flex min-w-0 grow flex-col gap-1.5">
            {(document.id !== null || document.score !== null || before) && (
              <header className="flex h-5 items-center gap-2 pr-6 text-meta">
                {before && <Movement from={rankBefore(document, before)} to={index} />}
                {document.id && (
                  <code className="min-w-0 truncate text-code text-ink-2" title={document.id}>
                    {document.id}
                  </code>
                )}
                <span className="grow" />
                {document.score !== null && (
                  <Score score={document.score} share={scoreShare(document.score, documents)} />
                )}
              </header>
            )}
            {document.content === REDACTED ? (
              <Redacted />
            ) : document.content ? (
              <ValueView text={document.content} />
            ) : (
              <p className="text-meta text-ink-3">{words.noContent}</p>
            )}
            {document.metadata !== null && <RecordView value={document.metadata} />}
            {span && <DocumentAnnotations span={span} position={document.position} />}
          </div>
          <span className="absolute top-1.5 right-1.5 opacity-0 group-focus-within/document:opacity-100 group-hover/document:opacity-100">
            <CopyButton label={words.copy(index + 1)} text={() => JSON.stringify(document, null, 2)} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Score({ score, share }: { score: number; share: number }) {
  return (
    <span data-kind="retriever" className="flex shrink-0 items-center gap-2">
      <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-pill bg-sunken dark:bg-raised">
        <span className="block h-full rounded-pill bg-kind-bar" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="tabular text-meta" title={words.score(score)}>
        {score.toFixed(Math.abs(score) < 0.1 ? 4 : 3)}
      </span>
    </span>
  );
}

function Movement({ from, to }: { from: number | null; to: number }) {
  if (from === null) return <span className="text-label text-ink-3">{words.isNew}</span>;
  if (from === to) return <span className="w-7 text-center text-label text-ink-3">=</span>;
  const isUp = from > to;
  const Arrow = isUp ? ArrowUp : ArrowDown;
  return (
    <span
      className={`tabular flex w-7 items-center text-label ${isUp ? "text-success" : "text-ink-3"}`}
      title={words.was(from + 1)}
    >
      <Arrow size={12} aria-label={isUp ? words.up : words.down} />
      {Math.abs(from - to)}
    </span>
  );
}
