import { Tags } from "lucide-react";
import { Suspense, useState } from "react";
import type { useTraceAnnotations_trace$key } from "../../__generated__/useTraceAnnotations_trace.graphql";
import { useShortcuts } from "../../lib/shortcuts";
import { annotationsText as words } from "../../text/annotations";
import { IconButton } from "../../ui/Button";
import { AnnotatePopover } from "../annotations/AnnotatePopover";
import { ProjectSummaryTokens } from "../annotations/ProjectSummaryTokens";
import { useAnnotate } from "../annotations/useAnnotate";
import { useAnnotateLabel } from "../annotations/useAnnotateLabel";
import { useTraceAnnotations } from "../annotations/useTraceAnnotations";

const WHAT = words.trace;

/** What is said about the whole trace, in its header. */
export function TraceAnnotate({ projectId, trace }: { projectId: string; trace: useTraceAnnotations_trace$key }) {
  const annotate = useAnnotate(useTraceAnnotations(trace));
  const [isOpen, setOpen] = useState(false);
  const label = useAnnotateLabel(WHAT);
  useShortcuts([{ keys: "A", label, group: words.group, run: () => setOpen(true) }]);
  return (
    <>
      <ProjectSummaryTokens projectId={projectId} annotations={annotate.annotations} />
      <Suspense fallback={null}>
        <AnnotatePopover
          projectId={projectId}
          what={WHAT}
          annotate={annotate}
          isOpen={isOpen}
          onOpenChange={setOpen}
          trigger={<IconButton label={label} shortcut="A" icon={<Tags size={15} />} />}
        />
      </Suspense>
    </>
  );
}
