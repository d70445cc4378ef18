import { ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import { cx } from "../../lib/cx";
import { formatBytes, textBytes } from "../../lib/format";
import type { Json } from "../../lib/json";
import { common, jsonText } from "../../text/common";
import { defaultFold, jsonLines, type JsonLine } from "./lines";

const INDENT = 14;
const LONG_STRING = 600;
/** Lines the browser lays out together. */
const BLOCK = 120;
const LINE = 18;

/** JSON that folds. Read only; copying is the parent's business. */
export function JsonView({ value }: { value: Json }) {
  const [touched, setTouched] = useState<ReadonlyMap<string, boolean>>(new Map());
  const folds = defaultFold(value);
  const lines = jsonLines(value, (path, item, depth) => touched.get(path) ?? folds(item, depth));
  const toggle = (path: string, fold: boolean) => setTouched((previous) => new Map(previous).set(path, fold));
  const blocks = Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, index) =>
    lines.slice(index * BLOCK, (index + 1) * BLOCK),
  );
  return (
    <div className="font-mono text-code">
      {blocks.map((block, index) => (
        <div
          key={index}
          className={blocks.length > 1 ? "[content-visibility:auto]" : undefined}
          style={blocks.length > 1 ? { containIntrinsicSize: `auto ${block.length * LINE}px` } : undefined}
        >
          {block.map((line) => (
            <Line key={line.path} line={line} onToggle={toggle} />
          ))}
        </div>
      ))}
    </div>
  );
}

function JsonLineView({ line, onToggle }: { line: JsonLine; onToggle: (path: string, fold: boolean) => void }) {
  const comma = line.isLast ? "" : ",";
  return (
    <div className="relative" style={{ paddingLeft: 14 + line.depth * INDENT }}>
      {(line.type === "open" || line.type === "folded") && (
        <button
          type="button"
          aria-label={jsonText.fold(line.type === "open", line.key)}
          aria-expanded={line.type === "open"}
          onClick={() => onToggle(line.path, line.type === "open")}
          className="absolute top-0 flex h-[18px] w-3.5 cursor-default items-center justify-center rounded-[3px] text-ink-3 hover:bg-hover hover:text-ink"
          style={{ left: line.depth * INDENT }}
        >
          <ChevronRight size={11} className={cx("transition-transform", line.type === "open" && "rotate-90")} />
        </button>
      )}
      {line.key !== null && (
        <>
          <span className="text-info">{line.key}</span>
          <span className="text-ink-3">: </span>
        </>
      )}
      {line.type === "leaf" && <Leaf value={line.value} />}
      {line.type === "open" && <span className="text-ink-3">{line.bracket}</span>}
      {line.type === "folded" && (
        <span className="text-ink-3">
          {line.bracket}
          {line.sample}
          {line.bracket === "[" ? "]" : "}"} {jsonText.size(line.count, line.bracket === "[")}
        </span>
      )}
      {line.type === "close" && <span className="text-ink-3">{line.bracket}</span>}
      <span className="text-ink-3">{line.type === "open" ? "" : comma}</span>
    </div>
  );
}

const Line = memo(JsonLineView);

function Leaf({ value }: { value: Json }) {
  if (typeof value === "string") return <StringLeaf value={value} />;
  if (typeof value === "number") return <span className="text-warning">{String(value)}</span>;
  if (typeof value === "boolean") return <span className="text-accent">{String(value)}</span>;
  return <span className="text-ink-3">{JSON.stringify(value)}</span>;
}

function escapeQuotes(text: string): string {
  return text.replace(/[\\"]/g, "\\$&");
}

/** Line breaks inside a string are shown as such: it is read more often than parsed. */
function StringLeaf({ value }: { value: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = value.length > LONG_STRING;
  return (
    <span className="break-words whitespace-pre-wrap text-success">
      "{escapeQuotes(isLong && !isOpen ? value.slice(0, LONG_STRING) : value)}
      {isLong && !isOpen ? "…" : '"'}
      {isLong && (
        <button
          type="button"
          onClick={() => setOpen(!isOpen)}
          className="ml-1 cursor-default rounded-[3px] font-sans text-meta text-accent hover:underline"
        >
          {isOpen ? common.showLess : common.showAll(formatBytes(textBytes(value)))}
        </button>
      )}
    </span>
  );
}
