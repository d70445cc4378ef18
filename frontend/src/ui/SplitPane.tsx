import { useState, type ReactNode } from "react";
import { storedRecord, useStored } from "../lib/storage";
import { useSize } from "../lib/useSize";
import { Separator } from "./Separator";

const STEP = 0.05;

/** Two panes with a handle between them; the share is remembered. Narrow, they stack. Without the second, one. */
export function SplitPane({
  id,
  label,
  first,
  second,
  initial = 0.42,
  min = 260,
  stackBelow = 640,
}: {
  id: string;
  label: string;
  first: ReactNode;
  second: ReactNode | null;
  initial?: number;
  min?: number;
  stackBelow?: number;
}) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const { width } = useSize(container);
  const [layout, setLayout] = useStored(storedRecord("phoenix-panes"));
  const wanted = layout[id];
  const share = typeof wanted === "number" ? wanted : initial;
  const resize = (next: number) => setLayout((all) => ({ ...all, [id]: next }));

  const stacked = width > 0 && width < stackBelow;
  const lowest = width > 0 ? Math.min(0.5, min / width) : 0;
  const clamped = Math.min(1 - lowest, Math.max(lowest, share));

  return (
    <div ref={setContainer} className={stacked ? "flex min-h-0 grow flex-col" : "flex min-h-0 grow"}>
      <div
        className="flex min-h-0 min-w-0 flex-col"
        style={
          second === null
            ? { flexGrow: 1, flexBasis: 0 }
            : stacked
              ? { height: "40%", flexShrink: 0 }
              : { width: `${clamped * 100}%`, flexShrink: 0 }
        }
      >
        {first}
      </div>
      {second !== null &&
        (stacked ? (
          <div className="h-px shrink-0 bg-line-strong" />
        ) : (
          <Separator
            label={label}
            value={Math.round(clamped * 100)}
            onDrag={(x) => {
              const box = container?.getBoundingClientRect();
              if (box) resize((x - box.left) / box.width);
            }}
            onStep={(direction) => resize(clamped + direction * STEP)}
            onReset={() => resize(initial)}
          />
        ))}
      {second !== null && <div className="flex min-h-0 min-w-0 grow basis-0 flex-col">{second}</div>}
    </div>
  );
}
