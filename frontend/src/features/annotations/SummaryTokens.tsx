import { summarise, withoutNotes, type Annotation } from "./model/annotation";
import { qualityOf, type Config } from "./model/config";
import { SummaryToken } from "./AnnotationToken";

/** What was said here, a token a name; as many as fit on the line. */
export function SummaryTokens({
  annotations,
  configs,
}: {
  annotations: readonly Annotation[];
  configs: readonly Config[];
}) {
  const summaries = summarise(withoutNotes(annotations));
  if (summaries.length === 0) return null;
  return (
    <ul className="flex h-5 min-w-0 flex-wrap gap-1 overflow-hidden">
      {summaries.map((summary) => (
        <li key={summary.name} className="inline-flex min-w-0">
          <SummaryToken
            summary={summary}
            quality={qualityOf(
              configs.find(({ name }) => name === summary.name),
              summary.meanScore,
            )}
          />
        </li>
      ))}
    </ul>
  );
}
