import { CalendarSearch } from "lucide-react";
import { useTimeRange } from "../../lib/urlState";
import { rangeLabel } from "../../lib/timeRange";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";

/** The project has traces, only not in this window. */
export function NoRowsInRange({ noun }: { noun: "spans" | "traces" }) {
  const [range, setRange] = useTimeRange();
  return (
    <EmptyState
      icon={<CalendarSearch size={28} strokeWidth={1.5} />}
      title={`No ${noun} in this time range`}
      actions={<Button onPress={() => setRange({ kind: "last", key: "365d" })}>Show the last year</Button>}
    >
      {rangeLabel(range)}. The project has {noun} at other times.
    </EmptyState>
  );
}
