import { Fragment, useState } from "react";
import { leafText, type Leaf } from "../../../lib/json";
import { storedRecord, useStored } from "../../../lib/storage";
import { CopyButton } from "../../../ui/CopyButton";
import { EmptyNote } from "../../../ui/EmptyState";
import { Highlighted } from "../../../ui/text/Highlighted";
import { PlainText } from "../../../ui/text/PlainText";
import { useMove } from "../../../ui/useMove";

const KEY_MIN = 120;
const KEY_MAX = 720;
const KEY_DEFAULT = 260;
const SHOWN = 240;

export function AttributesTable({ leaves, needle }: { leaves: Leaf[]; needle: string }) {
  const [layout, setLayout] = useStored(storedRecord("phoenix-attributes"));
  const [table, setTable] = useState<HTMLElement | null>(null);
  const keyWidth = typeof layout.keyWidth === "number" ? layout.keyWidth : KEY_DEFAULT;
  const move = useMove((x) => {
    const left = table?.getBoundingClientRect().left ?? 0;
    setLayout({ keyWidth: Math.min(KEY_MAX, Math.max(KEY_MIN, x - left)) });
  });
  const found = needle
    ? leaves.filter(
        ({ path, value }) => path.toLowerCase().includes(needle) || leafText(value).toLowerCase().includes(needle),
      )
    : leaves;
  if (found.length === 0) return <EmptyNote>No attribute has “{needle}” in its key or value.</EmptyNote>;
  return (
    <div ref={setTable} role="table" aria-label="Attributes" className="relative text-meta">
      <span
        aria-hidden
        {...move}
        className="absolute inset-y-0 z-[1] w-2 -translate-x-1 cursor-col-resize touch-none before:absolute before:inset-y-0 before:left-1 before:w-px hover:before:bg-accent"
        style={{ left: keyWidth }}
      />
      {found
        .toSorted((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }))
        .map((leaf) => (
          <AttributeRow key={leaf.path} leaf={leaf} needle={needle} keyWidth={keyWidth} />
        ))}
    </div>
  );
}

function AttributeRow({ leaf, needle, keyWidth }: { leaf: Leaf; needle: string; keyWidth: number }) {
  const [isOpen, setOpen] = useState(false);
  const value = leafText(leaf.value);
  const isLong = value.length > SHOWN || value.includes("\n");
  return (
    <div
      role="row"
      className="group/attribute relative grid border-b border-line/60 py-1.5 [contain-intrinsic-size:auto_28px] [content-visibility:auto] hover:bg-hover"
      style={{ gridTemplateColumns: `${keyWidth}px minmax(0, 1fr)` }}
    >
      <div role="rowheader" className="min-w-0 pr-3 pl-4 text-ink-2">
        <code className="text-label break-words">
          <Key path={leaf.path} needle={needle} />
        </code>
      </div>
      <div role="cell" className="min-w-0 pr-4 pl-3">
        <div className="font-mono text-label break-words">
          {isOpen ? (
            <PlainText mono text={value} />
          ) : (
            <span className={isLong ? "line-clamp-3" : undefined}>
              <Highlighted text={isLong ? value.slice(0, SHOWN) : value} needle={needle} />
              {value === "" && <span className="text-ink-3">(empty)</span>}
            </span>
          )}
          {isLong && (
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
              className="cursor-default rounded-[3px] font-sans text-meta text-accent hover:underline"
            >
              {isOpen ? "Show less" : "Show all"}
            </button>
          )}
        </div>
        <span className="absolute top-0.5 right-2 rounded-control bg-hover opacity-0 group-focus-within/attribute:opacity-100 group-hover/attribute:opacity-100">
          <CopyButton label={`Copy value of ${leaf.path}`} text={value} />
        </span>
      </div>
    </div>
  );
}

/** Breaks after dots, not inside words. */
function Key({ path, needle }: { path: string; needle: string }) {
  if (needle && path.toLowerCase().includes(needle)) return <Highlighted text={path} needle={needle} />;
  return path.split(/(?<=[._])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
