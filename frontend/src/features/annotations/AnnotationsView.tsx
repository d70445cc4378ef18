import { useSearchParams } from "react-router";
import { usePermissions } from "../../lib/viewer";
import { annotationsText as words } from "../../text/annotations";
import { EmptyNote } from "../../ui/EmptyState";
import { Section } from "../../ui/Section";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { AnnotationList, AnnotatorIcon, NoteList } from "./AnnotationList";
import { SummaryToken } from "./AnnotationToken";
import { KINDS, notesOf, summarise, withoutNotes, type Annotation, type AnnotatorKind } from "./model/annotation";
import { qualityOf, type Config } from "./model/config";
import type { Annotate } from "./useAnnotate";

const PARAM = "annotator";

/** All that is said about one thing: summed up by who said it, then one by one, then the notes. */
export function AnnotationsView({ configs, annotate }: { configs: readonly Config[]; annotate: Annotate }) {
  const { canWrite } = usePermissions();
  const [params, setParams] = useSearchParams();
  const all = withoutNotes(annotate.annotations);
  const notes = notesOf(annotate.annotations);
  const present = KINDS.filter((kind) => all.some(({ annotatorKind }) => annotatorKind === kind));
  const chosen = KINDS.find((kind) => kind === params.get(PARAM)) ?? null;
  const shown = chosen ? all.filter(({ annotatorKind }) => annotatorKind === chosen) : all;
  const choose = (kind: AnnotatorKind | "ALL") =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (kind === "ALL") next.delete(PARAM);
        else next.set(PARAM, kind);
        return next;
      },
      { replace: true },
    );
  if (all.length === 0 && notes.length === 0) {
    return (
      <EmptyNote>
        {words.none}. {canWrite && words.noneNote}
      </EmptyNote>
    );
  }
  return (
    <>
      {all.length > 0 && (
        <Section
          title={words.annotations(all.length)}
          actions={
            (present.length > 1 || chosen) && (
              <SegmentedControl<AnnotatorKind | "ALL">
                label={words.byKind}
                value={chosen ?? "ALL"}
                onChange={choose}
                options={[
                  { value: "ALL", label: words.everybody },
                  ...KINDS.filter((kind) => kind === chosen || present.includes(kind)).map((kind) => ({
                    value: kind,
                    label: words.kind(kind),
                  })),
                ]}
              />
            )
          }
        >
          {present.length > 1 && <KindSummary annotations={all} configs={configs} kinds={present} />}
          {shown.length === 0 && chosen ? (
            <p className="text-meta text-ink-3">{words.noneOfKind(chosen)}</p>
          ) : (
            <AnnotationList annotations={shown} configs={configs} annotate={annotate} />
          )}
        </Section>
      )}
      {notes.length > 0 && (
        <Section title={words.notes} note={String(notes.length)}>
          <NoteList notes={notes} onRemove={canWrite ? (note) => void annotate.remove(note) : null} />
        </Section>
      )}
    </>
  );
}

/** People and models side by side: where they disagree is seen at once. */
function KindSummary({
  annotations,
  configs,
  kinds,
}: {
  annotations: readonly Annotation[];
  configs: readonly Config[];
  kinds: readonly AnnotatorKind[];
}) {
  return (
    <dl className="flex flex-col gap-1.5 rounded-control bg-sunken px-2.5 py-2 text-meta">
      {kinds.map((kind) => (
        <div key={kind} className="flex items-start gap-2">
          <dt className="flex h-5 w-20 shrink-0 items-center gap-1.5 text-ink-3">
            <AnnotatorIcon kind={kind} />
            {words.kind(kind)}
          </dt>
          <dd className="flex min-w-0 flex-wrap gap-1">
            {summarise(annotations.filter(({ annotatorKind }) => annotatorKind === kind)).map((summary) => (
              <SummaryToken
                key={summary.name}
                summary={summary}
                quality={qualityOf(
                  configs.find(({ name }) => name === summary.name),
                  summary.meanScore,
                )}
              />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
