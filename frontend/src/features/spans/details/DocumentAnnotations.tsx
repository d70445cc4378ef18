import { Tags } from "lucide-react";
import { Suspense } from "react";
import { annotationsText as words } from "../../../text/annotations";
import { Button } from "../../../ui/Button";
import { Explained } from "../../../ui/Tooltip";
import { usePermissions } from "../../../lib/viewer";
import { AnnotatePopover } from "../../annotations/AnnotatePopover";
import { formatScore } from "../../annotations/model/annotation";
import type { Config } from "../../annotations/model/config";
import { ProjectSummaryTokens } from "../../annotations/ProjectSummaryTokens";
import { useAnnotate } from "../../annotations/useAnnotate";
import { useAnnotateLabel } from "../../annotations/useAnnotateLabel";
import { useDocumentAnnotations } from "../../annotations/useDocumentAnnotations";
import type { SpanNode } from "./SpanDetails";

/** Everybody's first question about a document; its scores make the retrieval's. */
const RELEVANCE: Config = {
  id: "relevance",
  name: words.relevance.name,
  description: null,
  direction: "MAXIMIZE",
  type: "CATEGORICAL",
  choices: [
    { label: words.relevance.relevant, score: 1 },
    { label: words.relevance.irrelevant, score: 0 },
  ],
};

const EXTRA = [RELEVANCE];

/** What people and evaluators say about one document, and a way to say it. */
export function DocumentAnnotations({ span, position }: { span: SpanNode; position: number }) {
  const { at } = useDocumentAnnotations(span.judged);
  const { canWrite } = usePermissions();
  const annotate = useAnnotate(at(position));
  const label = useAnnotateLabel(words.document(position + 1));
  return (
    <footer className="flex min-h-6 items-center gap-2">
      <ProjectSummaryTokens projectId={span.project.id} annotations={annotate.annotations} extra={EXTRA} />
      {(canWrite || annotate.annotations.length > 0) && (
        <Suspense fallback={null}>
          <AnnotatePopover
            projectId={span.project.id}
            what={words.document(position + 1)}
            annotate={annotate}
            extra={EXTRA}
            trigger={
              <Button
                look="quiet"
                className="h-6 px-1.5 text-ink-3"
                aria-label={label}
                icon={<Tags size={12} aria-hidden />}
              >
                {canWrite ? words.annotateAction : words.title}
              </Button>
            }
          />
        </Suspense>
      )}
    </footer>
  );
}

/** How good the retrieval was, by the scores of its documents. */
export function RetrievalScores({ span }: { span: SpanNode }) {
  const { metrics } = useDocumentAnnotations(span.judged);
  const { precision, ndcg, hit } = words.retrieval;
  return metrics.map((metric) => (
    <Explained key={metric.evaluationName} content={words.retrievalNote(metric.evaluationName)}>
      <span className="tabular inline-flex h-5 items-center gap-2 rounded-control bg-sunken px-1.5 text-label text-ink-2 dark:bg-raised">
        {(
          [
            [precision, metric.precision],
            [ndcg, metric.ndcg],
            [hit, metric.hit],
          ] as const
        ).map(
          ([name, value]) =>
            typeof value === "number" && (
              <span key={name}>
                <span className="text-ink-3">{name}</span> {formatScore(value)}
              </span>
            ),
        )}
      </span>
    </Explained>
  ));
}
