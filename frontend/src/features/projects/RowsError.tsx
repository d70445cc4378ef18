import { ListFilter } from "lucide-react";
import { ApiError } from "../../lib/apiError";
import { projectText } from "../../text/project";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";

/** Instead of the first rows: the condition above can be mended, anything else is asked again. */
export function RowsError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.kind === "refused") {
    return (
      <div role="alert">
        <EmptyState icon={<ListFilter size={28} strokeWidth={1.5} />} title={projectText.filterRefused}>
          <p>{error.message}</p>
          <p>{projectText.filterRefusedNote}</p>
        </EmptyState>
      </div>
    );
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}
