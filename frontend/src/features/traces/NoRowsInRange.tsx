import { CalendarSearch, ListFilter } from "lucide-react";
import { useTimeRange } from "../../lib/urlState";
import { rangeLabel } from "../../lib/timeRange";
import { projectText } from "../../text/project";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ROOTS_ONLY, useProjectFilter } from "../filter/useProjectFilter";

const nouns = { span: "spans", trace: "traces", session: "sessions" };

/** The project has rows, only not in this window, or none that the condition chooses. */
export function NoRowsInRange({ grain }: { grain: "span" | "trace" | "session" }) {
  const [range, setRange] = useTimeRange();
  const [condition, setCondition] = useProjectFilter(grain);
  const noun = nouns[grain];
  if (condition !== "" && condition !== ROOTS_ONLY) {
    return (
      <EmptyState
        icon={<ListFilter size={28} strokeWidth={1.5} />}
        title={projectText.none.matching(noun)}
        actions={
          <>
            <Button onPress={() => setCondition("")}>{projectText.none.clearFilter}</Button>
            <Button onPress={() => setRange({ kind: "last", key: "365d" })}>{projectText.none.lastYear}</Button>
          </>
        }
      >
        {projectText.none.matchingNote(rangeLabel(range))}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<CalendarSearch size={28} strokeWidth={1.5} />}
      title={projectText.none.inRange(noun)}
      actions={<Button onPress={() => setRange({ kind: "last", key: "365d" })}>{projectText.none.lastYear}</Button>}
    >
      {projectText.none.inRangeNote(rangeLabel(range), noun)}
    </EmptyState>
  );
}
