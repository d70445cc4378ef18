import { ChevronLeft, ChevronRight, Pause, Play, ZoomIn, ZoomOut } from "lucide-react";
import { Group } from "react-aria-components";
import { useNow } from "../../lib/clock";
import { isAtLiveEdge, pan, zoom, type TimeRange } from "../../lib/timeRange";
import { projectText } from "../../text/project";
import { timeText } from "../../text/time";
import { IconButton } from "../Button";

/** Pan and zoom the window; in the middle, live on or off. */
export function TimeRangeStrip({
  value,
  onChange,
  live,
}: {
  value: TimeRange;
  onChange: (range: TimeRange) => void;
  /** `null` on pages that do not stream. */
  live: { isOn: boolean; toggle: () => void } | null;
}) {
  const now = useNow();
  return (
    <Group aria-label={timeText.controls} className="flex items-center max-phone:hidden">
      <IconButton
        label={timeText.back}
        icon={<ChevronLeft size={15} />}
        onPress={() => onChange(pan(value, -1, now))}
      />
      <IconButton
        label={timeText.zoomOut}
        icon={<ZoomOut size={15} />}
        onPress={() => onChange(zoom(value, "out", now))}
      />
      {live && <LiveButton {...live} />}
      <IconButton
        label={timeText.zoomIn}
        icon={<ZoomIn size={15} />}
        onPress={() => onChange(zoom(value, "in", now))}
      />
      <IconButton
        label={timeText.forward}
        icon={<ChevronRight size={15} />}
        isDisabled={isAtLiveEdge(value, now)}
        onPress={() => onChange(pan(value, 1, now))}
      />
    </Group>
  );
}

function LiveButton({ isOn, toggle }: { isOn: boolean; toggle: () => void }) {
  return (
    <IconButton
      label={isOn ? projectText.stopLive : projectText.resumeLive}
      shortcut="l"
      icon={
        isOn ? (
          <span className="relative flex text-success">
            <Pause size={15} />
            <span className="absolute -top-0.5 -right-0.5 size-1.5 animate-[pulse_2s_ease-in-out_infinite] rounded-pill bg-success" />
          </span>
        ) : (
          <Play size={15} />
        )
      }
      onPress={toggle}
    />
  );
}
