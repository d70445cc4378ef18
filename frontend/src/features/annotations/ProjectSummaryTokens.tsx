import { Suspense } from "react";
import type { Annotation } from "./model/annotation";
import { SummaryTokens } from "./SummaryTokens";
import { useConfigs } from "./useConfigs";

/** The tokens at once; whether they are good as soon as the project's configs are known. */
export function ProjectSummaryTokens({
  projectId,
  annotations,
}: {
  projectId: string;
  annotations: readonly Annotation[];
}) {
  return (
    <Suspense fallback={<SummaryTokens annotations={annotations} configs={[]} />}>
      <WithConfigs projectId={projectId} annotations={annotations} />
    </Suspense>
  );
}

function WithConfigs({ projectId, annotations }: { projectId: string; annotations: readonly Annotation[] }) {
  const { all } = useConfigs(projectId);
  return <SummaryTokens annotations={annotations} configs={all} />;
}
