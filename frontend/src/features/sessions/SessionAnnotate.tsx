import { Tags } from "lucide-react";
import { Suspense } from "react";
import type { useSessionAnnotations_session$key } from "../../__generated__/useSessionAnnotations_session.graphql";
import type { useTraceAnnotations_trace$key } from "../../__generated__/useTraceAnnotations_trace.graphql";
import { annotationsText as words } from "../../text/annotations";
import { IconButton } from "../../ui/Button";
import { AnnotatePopover } from "../annotations/AnnotatePopover";
import { ProjectSummaryTokens } from "../annotations/ProjectSummaryTokens";
import { useAnnotate, type Annotate } from "../annotations/useAnnotate";
import { useAnnotateLabel } from "../annotations/useAnnotateLabel";
import { useSessionAnnotations } from "../annotations/useSessionAnnotations";
import { useTraceAnnotations } from "../annotations/useTraceAnnotations";
import { Feedback } from "./Feedback";

/** What is said about the session as a whole. */
export function SessionAnnotate({
  projectId,
  session,
}: {
  projectId: string;
  session: useSessionAnnotations_session$key;
}) {
  const annotate = useAnnotate(useSessionAnnotations(session));
  return <Tokens projectId={projectId} what={words.session} annotate={annotate} />;
}

/** What is said about one turn, which is a trace. */
export function TurnAnnotate({
  projectId,
  trace,
  index,
}: {
  projectId: string;
  trace: useTraceAnnotations_trace$key;
  index: number;
}) {
  const annotate = useAnnotate(useTraceAnnotations(trace));
  return (
    <span className="flex max-w-full shrink-0 items-center gap-1">
      <Feedback annotate={annotate} index={index} />
      <Tokens projectId={projectId} what={words.turn(index)} annotate={annotate} />
    </span>
  );
}

function Tokens({ projectId, what, annotate }: { projectId: string; what: string; annotate: Annotate }) {
  const label = useAnnotateLabel(what);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <ProjectSummaryTokens projectId={projectId} annotations={annotate.annotations} />
      <Suspense fallback={null}>
        <AnnotatePopover
          projectId={projectId}
          what={what}
          annotate={annotate}
          trigger={<IconButton label={label} size="small" icon={<Tags size={13} />} />}
        />
      </Suspense>
    </span>
  );
}
