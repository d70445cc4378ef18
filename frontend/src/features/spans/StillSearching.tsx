import { Search } from "lucide-react";
import { formatExact } from "../../lib/format";
import { projectText } from "../../text/project";
import { EmptyState } from "../../ui/EmptyState";

/** What spans hold is read a stretch at a time: nothing matched so far, and the table goes on by itself. */
export function StillSearching({ until }: { until: Date }) {
  return (
    <div role="status" aria-live="polite">
      <EmptyState icon={<Search size={28} strokeWidth={1.5} />} title={projectText.none.searching}>
        {projectText.none.searchedUntil(formatExact(until))}
      </EmptyState>
    </div>
  );
}
