import { Suspense } from "react";
import type { Annotation } from "./model/annotation";
import type { Config } from "./model/config";
import { SummaryTokens } from "./SummaryTokens";
import { useConfigs } from "./useConfigs";

const NOTHING: readonly Config[] = [];

/** The tokens at once; whether they are good as soon as the project's configs are known. */
export function ProjectSummaryTokens({
  projectId,
  annotations,
  extra = NOTHING,
}: {
  projectId: string;
  annotations: readonly Annotation[];
  /** Configs that hold here besides the project's. */
  extra?: readonly Config[];
}) {
  return (
    <Suspense fallback={<SummaryTokens annotations={annotations} configs={extra} />}>
      <WithConfigs projectId={projectId} annotations={annotations} extra={extra} />
    </Suspense>
  );
}

function WithConfigs({
  projectId,
  annotations,
  extra,
}: {
  projectId: string;
  annotations: readonly Annotation[];
  extra: readonly Config[];
}) {
  const { all } = useConfigs(projectId);
  return <SummaryTokens annotations={annotations} configs={[...all, ...extra]} />;
}
