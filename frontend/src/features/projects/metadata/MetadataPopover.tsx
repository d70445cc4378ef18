import { ListFilter } from "lucide-react";
import type { RefObject } from "react";
import { Dialog } from "react-aria-components";
import { leafText } from "../../../lib/json";
import { metadataColumnText } from "../../../text/project";
import { IconButton } from "../../../ui/Button";
import { Popover } from "../../../ui/Popover";
import { useAddCondition } from "../../filter/useAddCondition";
import { metadataEntries, pathText, sameMetadata } from "./entries";

const SHOWN = 100;

/** Every value, and the spans that have the same. */
export function MetadataPopover({
  metadata,
  triggerRef,
  onClose,
}: {
  metadata: string;
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const narrow = useAddCondition("span");
  const entries = metadataEntries(metadata);
  return (
    <Popover triggerRef={triggerRef} isOpen onOpenChange={(open) => !open && onClose()} placement="bottom start">
      <Dialog aria-label={metadataColumnText.title} className="flex max-h-80 w-80 flex-col outline-none">
        <ul className="overflow-auto p-1.5 text-meta">
          {entries.slice(0, SHOWN).map((entry) => {
            const path = pathText(entry);
            const condition = sameMetadata(entry);
            return (
              <li key={path} className="flex min-h-7 items-center gap-2 rounded-control px-1.5 hover:bg-hover">
                <span className="w-28 shrink-0 truncate text-ink-3" title={path}>
                  {path}
                </span>
                <span dir="auto" className="min-w-0 grow truncate" title={leafText(entry.value)}>
                  {leafText(entry.value)}
                </span>
                {condition && (
                  <IconButton
                    label={metadataColumnText.same(path)}
                    size="small"
                    icon={<ListFilter size={12} />}
                    onPress={() => {
                      narrow(condition);
                      onClose();
                    }}
                  />
                )}
              </li>
            );
          })}
        </ul>
        {entries.length > SHOWN && (
          <p className="border-t border-line px-3 py-2 text-meta text-ink-3">
            {metadataColumnText.more(entries.length - SHOWN)}
          </p>
        )}
      </Dialog>
    </Popover>
  );
}
