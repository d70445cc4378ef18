import { WrapText } from "lucide-react";
import { usePreference } from "../../lib/preferences";
import { tableText } from "../../text/table";
import { IconToggle } from "../Button";

const ONE_LINE = 28;
const THREE_LINES = 64;

/** One preference for every table: a line a row, or three. */
export function useRowHeight(): { height: number; isExpanded: boolean; toggle: () => void } {
  const [isExpanded, setExpanded] = usePreference("rowsExpanded");
  return { height: isExpanded ? THREE_LINES : ONE_LINE, isExpanded, toggle: () => setExpanded(!isExpanded) };
}

export function RowHeightToggle() {
  const { isExpanded, toggle } = useRowHeight();
  return (
    <IconToggle
      label={isExpanded ? tableText.oneLine : tableText.threeLines}
      icon={<WrapText size={15} />}
      isSelected={isExpanded}
      onChange={toggle}
    />
  );
}
