import { AnnotationsView } from "./AnnotationsView";
import { useConfigs } from "./useConfigs";
import type { Annotate } from "./useAnnotate";

export function AnnotationsTab({ projectId, annotate }: { projectId: string; annotate: Annotate }) {
  const { all } = useConfigs(projectId);
  return <AnnotationsView configs={all} annotate={annotate} />;
}
