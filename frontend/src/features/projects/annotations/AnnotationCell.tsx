import { StickyNote } from "lucide-react";
import { lazily } from "../../../lib/code";
import { cx } from "../../../lib/cx";
import { annotationColumnsText } from "../../../text/annotationColumns";
import { Missing } from "../../../ui/Figures";
import { useCellOverlay } from "../../../ui/table/CellOverlays";
import { summarize, summaryText, type NameSummary, type RowAnnotation } from "./summary";
import { useAnnotatorKinds } from "./useAnnotatorKinds";

const AnnotationPopover = lazily(async () => (await import("./AnnotationPopover")).AnnotationPopover);

/** How a condition on the table's rows names annotations; `null` where it cannot. */
export type Accessor = "annotations" | "trace_annotations" | "session_annotations";

/** Every name of the row as a token; a press tells more and filters by it. */
export function AnnotationsCell({
  annotations,
  accessor,
}: {
  annotations: readonly RowAnnotation[];
  accessor: Accessor;
}) {
  const [kinds] = useAnnotatorKinds();
  const summaries = summarize(annotations, kinds);
  if (summaries.length === 0) return <Missing />;
  return (
    <span className="fade-end flex w-full items-center gap-1">
      {summaries.map((summary) => (
        <Token key={summary.name} summary={summary} accessor={accessor} isNamed />
      ))}
    </span>
  );
}

/** One name alone. */
export function AnnotationCell({
  annotations,
  accessor,
  name,
}: {
  annotations: readonly RowAnnotation[];
  accessor: Accessor;
  name: string;
}) {
  const [kinds] = useAnnotatorKinds();
  const summary = summarize(annotations, kinds).find((each) => each.name === name);
  return summary ? <Token summary={summary} accessor={accessor} isNamed={false} /> : <Missing />;
}

/** The notes themselves are read in the row's details. */
export function NotesCell({ count }: { count: number }) {
  if (count === 0) return <Missing />;
  return (
    <span className="tabular inline-flex items-center gap-1" title={annotationColumnsText.countNotes(count)}>
      <StickyNote size={12} className="text-ink-3" aria-hidden />
      {count}
    </span>
  );
}

function Token({ summary, accessor, isNamed }: { summary: NameSummary; accessor: Accessor; isNamed: boolean }) {
  const openOverlay = useCellOverlay();
  const text = summaryText(summary);
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${summary.name} ${text}`}
      aria-haspopup="dialog"
      onClick={(event) =>
        openOverlay(event.currentTarget, (props) => (
          <AnnotationPopover summary={summary} accessor={accessor} {...props} />
        ))
      }
      className={cx(
        "inline-flex h-5 max-w-40 shrink-0 cursor-default items-center gap-1 rounded-control px-1.5 text-label hover:bg-pressed",
        isNamed && "bg-sunken dark:bg-raised",
      )}
    >
      {isNamed && <span className="truncate text-ink-3">{summary.name}</span>}
      <span className="tabular truncate font-medium text-ink">
        {text || annotationColumnsText.count(summary.annotations.length)}
      </span>
    </button>
  );
}
