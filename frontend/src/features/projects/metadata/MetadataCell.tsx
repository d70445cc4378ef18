import { lazily } from "../../../lib/code";
import { Missing } from "../../../ui/Figures";
import { useCellOverlay } from "../../../ui/table/CellOverlays";
import { metadataText } from "./entries";

const MetadataPopover = lazily(async () => (await import("./MetadataPopover")).MetadataPopover);

/** What senders noted on the span; a press tells all of it, and filters by it. */
export function MetadataCell({ metadata }: { metadata: string | null | undefined }) {
  const openOverlay = useCellOverlay();
  if (!metadata) return <Missing />;
  const text = metadataText(metadata);
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-haspopup="dialog"
      title={text}
      onClick={({ currentTarget }) =>
        openOverlay(currentTarget, (props) => <MetadataPopover metadata={metadata} {...props} />)
      }
      className="fade-end h-5 w-full cursor-default text-left text-ink-2 hover:text-ink"
    >
      {text}
    </button>
  );
}
