import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, useState } from "react";
import { leafText, type Leaf } from "../../../lib/json";
import { storedRecord, useStored } from "../../../lib/storage";
import { derivationText as words } from "../../../text/derivation";
import { attributesText } from "../../../text/span";
import { common } from "../../../text/common";
import { CopyButton } from "../../../ui/CopyButton";
import { EmptyNote } from "../../../ui/EmptyState";
import { Highlighted } from "../../../ui/text/Highlighted";
import { PlainText } from "../../../ui/text/PlainText";
import { Explained } from "../../../ui/Tooltip";
import { useMove } from "../../../ui/useMove";
import { isMasked, sourceOf, type Derivation } from "../model/derivation";

const KEY_MIN = 120;
const KEY_MAX = 720;
const KEY_DEFAULT = 260;
const SHOWN = 240;
const ROW = 29;

export function AttributesTable({
  leaves,
  needle,
  derivation,
}: {
  leaves: Leaf[];
  needle: string;
  derivation: Derivation;
}) {
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
  const rows = found.toSorted((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
  // The tab's panel scrolls; ten thousand rows are not all in the document.
  // oxlint-disable-next-line react/incompatible-library -- its answers change as one scrolls
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => table?.closest<HTMLElement>("[role=tabpanel]") ?? null,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.path ?? index,
    overscan: 20,
    scrollMargin: table?.offsetTop ?? 0,
  });
  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? 0) - virtualizer.options.scrollMargin;
  if (found.length === 0) return <EmptyNote>{attributesText.noMatch(needle)}</EmptyNote>;
  return (
    <div
      ref={setTable}
      role="table"
      aria-label={attributesText.title}
      aria-rowcount={rows.length}
      className="relative text-meta"
    >
      <span
        aria-hidden
        {...move}
        className="absolute inset-y-0 z-[1] w-2 -translate-x-1 cursor-col-resize touch-none before:absolute before:inset-y-0 before:left-1 before:w-px hover:before:bg-accent"
        style={{ left: keyWidth }}
      />
      <div style={{ height: virtualizer.getTotalSize() }}>
        <div style={{ transform: `translateY(${Math.max(0, before)}px)` }}>
          {items.map((item) => {
            const leaf = rows[item.index];
            return (
              leaf && (
                <AttributeRow
                  key={item.key}
                  rowRef={virtualizer.measureElement}
                  index={item.index}
                  leaf={leaf}
                  needle={needle}
                  keyWidth={keyWidth}
                  derivation={derivation}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function AttributeRow({
  rowRef,
  index,
  leaf,
  needle,
  keyWidth,
  derivation,
}: {
  rowRef: (row: HTMLElement | null) => void;
  index: number;
  leaf: Leaf;
  needle: string;
  keyWidth: number;
  derivation: Derivation;
}) {
  const [isOpen, setOpen] = useState(false);
  const value = leafText(leaf.value);
  const isLong = value.length > SHOWN || value.includes("\n");
  return (
    <div
      role="row"
      ref={rowRef}
      data-index={index}
      aria-rowindex={index + 1}
      className="group/attribute relative grid border-b border-line/60 py-1.5 hover:bg-hover"
      style={{ gridTemplateColumns: `${keyWidth}px minmax(0, 1fr)` }}
    >
      <div role="rowheader" className="min-w-0 pr-3 pl-4 text-ink-2">
        <code className="text-label break-words">
          <Key path={leaf.path} needle={needle} />
        </code>
        <Marks path={leaf.path} derivation={derivation} />
      </div>
      <div role="cell" className="min-w-0 pr-4 pl-3">
        <div dir="auto" className="font-mono text-label break-words">
          {isOpen ? (
            <PlainText mono text={value} />
          ) : (
            <span className={isLong ? "line-clamp-3" : undefined}>
              <Highlighted text={isLong ? value.slice(0, SHOWN) : value} needle={needle} />
              {value === "" && <span className="text-ink-3">{attributesText.emptyValue}</span>}
            </span>
          )}
          {isLong && (
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
              className="cursor-default rounded-[3px] font-sans text-meta text-accent hover:underline"
            >
              {isOpen ? common.showLess : common.showRest}
            </button>
          )}
        </div>
        <span className="absolute top-0.5 right-2 rounded-control bg-hover opacity-0 group-focus-within/attribute:opacity-100 group-hover/attribute:opacity-100">
          <CopyButton label={attributesText.copyValue(leaf.path)} text={value} />
        </span>
      </div>
    </div>
  );
}

/** What was not sent under this name, and what was not kept. */
function Marks({ path, derivation }: { path: string; derivation: Derivation }) {
  const source = sourceOf(derivation, path);
  const masked = isMasked(derivation, path);
  return (
    <>
      {source && (
        <Explained content={words.derivedFrom(source.source, source.dialect)}>
          <span className="ml-1.5 text-label text-info">{words.derivedMark}</span>
        </Explained>
      )}
      {masked && (
        <Explained content={words.maskedNote}>
          <span className="ml-1.5 text-label text-warning">{words.maskedMark}</span>
        </Explained>
      )}
    </>
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
