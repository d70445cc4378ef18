import { useState } from "react";
import { common } from "../../../text/common";
import { spanText } from "../../../text/span";

const SHOWN = 8;
/** Frames of a Python traceback that are shown first. */
const LAST_FRAMES = 2;

/** The end of a Python traceback and the start of a Java one are what matters; the rest folds. */
export function StackTrace({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const lines = text
    .replace(/\n{2,}/g, "\n")
    .trim()
    .split("\n");
  const isLong = lines.length > SHOWN + 2;
  const endMatters = text.startsWith("Traceback");
  const shown = !isLong || isOpen ? lines : endMatters ? lastFrames(lines) : lines.slice(0, SHOWN);
  const more = isLong && (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
      className="w-fit cursor-default rounded-control font-sans text-meta font-medium text-accent hover:underline"
    >
      {isOpen ? common.showLess : spanText.allLines(lines.length)}
    </button>
  );
  return (
    <div className="flex flex-col gap-1.5 rounded-control border border-danger-line bg-surface px-3 py-2">
      {endMatters && more}
      <pre tabIndex={0} aria-label={spanText.stack} className="overflow-x-auto text-code">
        {shown.map((line, index) => (
          <div key={index} className={isFrame(line) ? "text-ink-2" : "text-ink"}>
            {line}
          </div>
        ))}
      </pre>
      {!endMatters && more}
    </div>
  );
}

function isFrame(line: string): boolean {
  return /^\s+(at |File )/.test(line) || /^\s*\^+/.test(line);
}

function lastFrames(lines: string[]): string[] {
  const frames = lines.flatMap((line, index) => (/^\s+File /.test(line) ? [index] : []));
  return lines.slice(frames.at(-LAST_FRAMES) ?? -SHOWN);
}
