import { useState, type ReactNode } from "react";
import { storedRecord, useStored } from "../lib/storage";
import { useSize } from "../lib/useSize";
import { Separator } from "./Separator";

const STEP = 0.05;
/** Where the window leaves no room for a list beside it, the drawer takes all of it. */
const COVERS_BELOW = 900;

/** Over the list, which stays usable beside it; its width is remembered. */
export function Drawer({
  id,
  label,
  resizeLabel,
  initialShare,
  minWidth,
  isFull = false,
  children,
}: {
  id: string;
  label: string;
  resizeLabel: string;
  initialShare: number;
  minWidth: number;
  /** All of the frame, whatever the width that is remembered. */
  isFull?: boolean;
  children: (covers: boolean) => ReactNode;
}) {
  const [layout, setLayout] = useStored(storedRecord(`phoenix-drawer-${id}`));
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const { width } = useSize(frame);
  const covers = width > 0 && width < COVERS_BELOW;
  const share = typeof layout.share === "number" ? layout.share : initialShare;
  const panelWidth = Math.min(width, Math.max(minWidth, share * width));
  const resize = (next: number) => setLayout({ share: Math.min(1, Math.max(0.3, next)) });
  return (
    <div ref={setFrame} className="pointer-events-none absolute inset-0 z-30 flex justify-end overflow-hidden">
      {width > 0 && (
        <section
          aria-label={label}
          className="pointer-events-auto flex min-w-0 bg-surface data-[drawer=true]:shadow-drawer"
          data-drawer={!covers && !isFull}
          style={{ width: covers || isFull ? "100%" : panelWidth }}
        >
          {!covers && !isFull && (
            <Separator
              label={resizeLabel}
              value={Math.round((1 - panelWidth / width) * 100)}
              onDrag={(x) => {
                const box = frame?.getBoundingClientRect();
                if (box) resize((box.right - x) / box.width);
              }}
              onStep={(direction) => resize(panelWidth / width - direction * STEP)}
              onReset={() => resize(initialShare)}
            />
          )}
          <div className="flex min-h-0 min-w-0 grow flex-col">{children(covers)}</div>
        </section>
      )}
    </div>
  );
}
