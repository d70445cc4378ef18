import { ListFilter } from "lucide-react";
import type { RefObject } from "react";
import { Dialog } from "react-aria-components";
import { annotationColumnsText } from "../../../text/annotationColumns";
import { Button } from "../../../ui/Button";
import { Popover } from "../../../ui/Popover";
import { quoted } from "../../filter/model/join";
import { useAddCondition } from "../../filter/useAddCondition";
import type { Accessor } from "./AnnotationCell";
import { formatScore, type NameSummary } from "./summary";

const SHOWN = 20;

const grains = { annotations: "span", trace_annotations: "trace", session_annotations: "session" } as const;

/** Who said what, and the rows of which the same was said. */
export function AnnotationPopover({
  summary,
  accessor,
  triggerRef,
  onClose,
}: {
  summary: NameSummary;
  accessor: Accessor;
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const narrow = useAddCondition(grains[accessor]);
  const { name, annotations, labels, mean } = summary;
  const kinds = [...new Set(annotations.map(({ annotatorKind }) => annotatorKind))];
  const member = `${accessor}[${quoted(name)}]`;
  const add = (part: string) => {
    narrow(part);
    onClose();
  };
  return (
    <Popover triggerRef={triggerRef} isOpen onOpenChange={(open) => !open && onClose()} placement="bottom start">
      <Dialog aria-label={annotationColumnsText.list(name)} className="flex w-72 flex-col outline-none">
        <div className="flex items-baseline gap-2 border-b border-line px-3 py-2">
          <h3 className="min-w-0 truncate font-medium">{name}</h3>
          <span className="tabular ml-auto shrink-0 text-meta text-ink-3">
            {mean !== null && `${annotationColumnsText.mean} ${formatScore(mean)} · `}
            {annotationColumnsText.count(annotations.length)}
          </span>
        </div>
        <ul className="max-h-48 overflow-auto px-3 py-1.5 text-meta">
          {annotations.slice(0, SHOWN).map(({ id, annotatorKind, label, score }) => (
            <li key={id} className="flex h-6 items-center gap-2">
              <span className="w-16 shrink-0 text-ink-3">{annotationColumnsText.kinds[annotatorKind]}</span>
              <span className="min-w-0 grow truncate">{label}</span>
              {score !== null && score !== undefined && <span className="tabular">{formatScore(score)}</span>}
            </li>
          ))}
        </ul>
        <footer className="flex flex-wrap items-center gap-1 border-t border-line px-3 py-2">
          <span className="mr-1 text-meta text-ink-3">{annotationColumnsText.onlyRowsWith}</span>
          {labels.slice(0, 3).map((label) => (
            <Button
              key={label}
              icon={<ListFilter size={12} aria-hidden />}
              onPress={() => add(`${member}.label == ${quoted(label)}`)}
            >
              {annotationColumnsText.labelIs(label)}
            </Button>
          ))}
          {mean !== null &&
            [">=", "<="].map((comparison) => (
              <Button
                key={comparison}
                icon={<ListFilter size={12} aria-hidden />}
                onPress={() => add(`${member}.score ${comparison} ${Number(mean.toFixed(6))}`)}
              >
                {annotationColumnsText.scoreIs(comparison === ">=" ? "≥" : "≤", formatScore(mean))}
              </Button>
            ))}
          {kinds.map((kind) => (
            <Button
              key={kind}
              icon={<ListFilter size={12} aria-hidden />}
              onPress={() => add(`${member}.annotator_kind == '${kind}'`)}
            >
              {annotationColumnsText.kindIs(annotationColumnsText.kinds[kind] ?? kind)}
            </Button>
          ))}
        </footer>
      </Dialog>
    </Popover>
  );
}
