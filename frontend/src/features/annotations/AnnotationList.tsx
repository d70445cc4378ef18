import { Bot, CodeXml, MessageSquarePlus, Trash2, User } from "lucide-react";
import { useState } from "react";
import { usePermissions, useViewer } from "../../lib/viewer";
import { annotationsText as words } from "../../text/annotations";
import { IconButton } from "../../ui/Button";
import { When } from "../../ui/Figures";
import { PlainText } from "../../ui/text/PlainText";
import { AnnotationToken } from "./AnnotationToken";
import { formatScore, isMine, valueText, type Annotation, type AnnotatorKind } from "./model/annotation";
import { qualityOf, type Config } from "./model/config";
import type { Annotate } from "./useAnnotate";

const icons = { HUMAN: User, LLM: Bot, CODE: CodeXml };

export function AnnotatorIcon({ kind }: { kind: AnnotatorKind }) {
  const Icon = icons[kind];
  return <Icon size={13} className="shrink-0 text-ink-3" aria-hidden />;
}

/** One after the other, newest first: what, why, who and when. */
export function AnnotationList({
  annotations,
  configs,
  annotate,
}: {
  annotations: readonly Annotation[];
  configs: readonly Config[];
  annotate: Annotate;
}) {
  return (
    <ul className="flex flex-col">
      {annotations.map((annotation) => (
        <AnnotationItem
          key={annotation.id}
          annotation={annotation}
          config={configs.find(({ name }) => name === annotation.name)}
          annotate={annotate}
        />
      ))}
    </ul>
  );
}

function AnnotationItem({
  annotation,
  config,
  annotate,
}: {
  annotation: Annotation;
  config: Config | undefined;
  annotate: Annotate;
}) {
  const viewerId = useViewer()?.id ?? null;
  const { canWrite, isAdmin } = usePermissions();
  const [isExplaining, setExplaining] = useState(false);
  const { label, score, explanation } = annotation;
  const canExplain = canWrite && isMine(annotation, viewerId);
  const isFreeText = !label && typeof score !== "number";
  return (
    <li className="group/annotation flex flex-col gap-1 border-b border-line/60 py-1.5 last:border-b-0">
      <div className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 text-meta">
        <AnnotatorIcon kind={annotation.annotatorKind} />
        <AnnotationToken
          name={annotation.name}
          value={isFreeText ? "" : valueText(annotation)}
          quality={qualityOf(config, score)}
        />
        {label && typeof score === "number" && <span className="tabular text-ink-2">{formatScore(score)}</span>}
        <Author annotation={annotation} />
        <span className="ml-auto flex">
          {canExplain && (
            <IconButton
              label={words.explain}
              size="small"
              icon={<MessageSquarePlus size={13} />}
              onPress={() => setExplaining(!isExplaining)}
            />
          )}
          {canWrite && (canExplain || isAdmin || !annotation.user) && (
            <IconButton
              label={words.remove(annotation.name)}
              size="small"
              icon={<Trash2 size={13} />}
              onPress={() => void annotate.remove(annotation)}
            />
          )}
        </span>
      </div>
      {isExplaining ? (
        <Explanation
          text={explanation ?? ""}
          onStore={(text) => {
            setExplaining(false);
            if (text !== (explanation ?? "")) {
              void annotate.set({
                name: annotation.name,
                label: label ?? null,
                score: score ?? null,
                explanation: text || null,
              });
            }
          }}
        />
      ) : (
        explanation && (
          <div className="pl-5 text-ink-2">
            <PlainText text={explanation} />
          </div>
        )
      )}
    </li>
  );
}

function Author({ annotation }: { annotation: Annotation }) {
  const viewerId = useViewer()?.id ?? null;
  const isOwn = isMine(annotation, viewerId);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink-3">
      <span className="truncate">
        {words.kind(annotation.annotatorKind)}
        {(isOwn || annotation.user) && ` · ${isOwn ? words.you : annotation.user?.username}`}
        {annotation.identifier && !annotation.identifier.startsWith("px-") && ` · ${annotation.identifier}`}
      </span>
      <When time={annotation.createdAt} />
    </span>
  );
}

function Explanation({ text: before, onStore }: { text: string; onStore: (text: string) => void }) {
  const [text, setText] = useState(before);
  return (
    <textarea
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the button a moment ago
      autoFocus
      aria-label={words.explanation}
      placeholder={words.explanationHint}
      rows={2}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          onStore(before);
        }
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          onStore(text.trim());
        }
      }}
      className="ml-5 resize-y rounded-control border border-line-strong bg-surface px-2 py-1 text-meta text-ink placeholder:text-ink-3 focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent"
    />
  );
}

export function NoteList({
  notes,
  onRemove,
}: {
  notes: readonly Annotation[];
  onRemove: ((note: Annotation) => void) | null;
}) {
  return (
    <ul className="flex flex-col">
      {notes.map((note) => (
        <li key={note.id} className="flex flex-col gap-0.5 border-b border-line/60 py-1.5 last:border-b-0">
          <div className="flex min-h-6 items-center gap-2 text-meta">
            <AnnotatorIcon kind={note.annotatorKind} />
            <Author annotation={note} />
            {onRemove && (
              <span className="ml-auto">
                <IconButton
                  label={words.remove(words.note)}
                  size="small"
                  icon={<Trash2 size={13} />}
                  onPress={() => onRemove(note)}
                />
              </span>
            )}
          </div>
          <div className="pl-5">
            <PlainText text={note.explanation ?? ""} />
          </div>
        </li>
      ))}
    </ul>
  );
}
