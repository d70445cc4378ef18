import { useState, type ReactNode } from "react";
import { formatBytes, textBytes } from "../../lib/format";
import { common } from "../../text/common";
import { cutAtLines } from "./fold";

const LINES = 20;

/** The first 20 lines, and a button that names the size of the rest. */
export function FoldedText({ text, children }: { text: string; children: (shown: string) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const cut = cutAtLines(text, LINES);
  if (cut === null) return children(text);
  return (
    <div className="flex flex-col items-start gap-1">
      <div className={isOpen ? "w-full" : "w-full [mask-image:linear-gradient(to_top,transparent,black_40px)]"}>
        {children(isOpen ? text : text.slice(0, cut))}
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="cursor-default rounded-control text-meta font-medium text-accent hover:underline"
      >
        {isOpen ? common.showLess : common.showAll(formatBytes(textBytes(text)))}
      </button>
    </div>
  );
}
