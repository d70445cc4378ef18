import { useState } from "react";
import { durationText } from "../../lib/format";
import { useSize } from "../../lib/useSize";
import { facts } from "../../text/figures";
import { traceText } from "../../text/trace";
import { TreeTable } from "../../ui/tree/TreeTable";
import { ticks } from "./model/axis";
import { hasChildren, spanName, type TraceTree } from "./model/tree";
import { TraceRow } from "./TraceRow";

const LATENCY = 64;
const TOKENS = 52;
const COST = 76;
/** Below these widths of the pane a column has no room. */
const WITH_COST = 540;
const WITH_TOKENS = 440;
const WITH_BARS = 340;

/** Keys of the page: they do not start a search by name. */
const RESERVED_KEYS = "Acenvxyjkltgf/?[123456789";

/** Tree and waterfall in one table: a line a span. */
export function TraceRows({
  tree,
  rows,
  matches,
  path,
  needle,
  isCollapsed,
  selectedRow,
  onSelect,
  onToggle,
}: {
  tree: TraceTree;
  rows: Int32Array;
  matches: ReadonlySet<number> | null;
  /** Rows on the critical path, while it is shown. */
  path: Uint8Array | null;
  needle: string;
  isCollapsed: (row: number) => boolean;
  selectedRow: number;
  onSelect: (row: number) => void;
  onToggle: (row: number, expand: boolean) => void;
}) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const { width } = useSize(container);
  const fits = (least: number) => width === 0 || width >= least;
  const shows = {
    bars: fits(WITH_BARS),
    tokens: fits(WITH_TOKENS),
    // A column of nothing would take room from the bars.
    cost: fits(WITH_COST) && tree.isPriced,
  };
  const fixed = LATENCY + (shows.tokens ? TOKENS : 0) + (shows.cost ? COST : 0);
  const nameWidth = shows.bars ? Math.round(Math.max(180, (width - fixed) * 0.54)) : width - fixed;
  const barWidth = Math.max(0, width - fixed - nameWidth);
  const columns = [
    `${nameWidth}px`,
    ...(shows.bars ? ["minmax(0, 1fr)"] : []),
    `${LATENCY}px`,
    ...(shows.tokens ? [`${TOKENS}px`] : []),
    ...(shows.cost ? [`${COST}px`] : []),
  ];
  const rowAt = (index: number) => rows[index] ?? 0;

  return (
    <div ref={setContainer} className="flex min-h-0 grow flex-col">
      <TreeTable
        label={traceText.spans}
        autoFocus
        count={rows.length}
        rowAt={(index) => {
          const row = rowAt(index);
          return { level: tree.depth[row] ?? 0, isExpandable: hasChildren(tree, row), isExpanded: !isCollapsed(row) };
        }}
        nameAt={(index) => spanName(tree, rowAt(index))}
        selected={shownIndex(tree, rows, selectedRow)}
        onSelect={(index) => onSelect(rowAt(index))}
        onToggle={(index, expand) => onToggle(rowAt(index), expand)}
        columns={columns.join(" ")}
        columnCount={columns.length}
        reservedKeys={RESERVED_KEYS}
        header={
          <>
            <span role="columnheader" className="pl-3">
              {traceText.span}
            </span>
            {shows.bars && (
              <span role="columnheader" className="relative h-full">
                <span className="sr-only">{traceText.timeline}</span>
                <Axis totalMs={(tree.endUs - tree.startUs) / 1000} width={barWidth} />
              </span>
            )}
            <span role="columnheader" className="pr-2 text-right">
              {facts.latency}
            </span>
            {shows.tokens && (
              <span role="columnheader" className="pr-3 text-right">
                {facts.tokens}
              </span>
            )}
            {shows.cost && (
              <span role="columnheader" className="pr-3 text-right">
                {facts.cost}
              </span>
            )}
          </>
        }
        renderRow={(index, toggle) => (
          <TraceRow
            tree={tree}
            row={rowAt(index)}
            isCollapsed={isCollapsed(rowAt(index))}
            isDimmed={matches !== null ? !matches.has(rowAt(index)) : path?.[rowAt(index)] === 0}
            needle={matches?.has(rowAt(index)) ? needle : ""}
            isFoundInside={
              matches?.has(rowAt(index)) === true &&
              !spanName(tree, rowAt(index)).toLowerCase().includes(needle.toLowerCase())
            }
            shows={shows}
            onToggle={toggle}
          />
        )}
      />
    </div>
  );
}

/** Where the row stands among the shown ones; inside a collapsed span, that span stands for it. */
function shownIndex(tree: TraceTree, rows: Int32Array, row: number): number {
  for (let candidate = row; candidate >= 0; candidate = tree.parent[candidate] ?? -1) {
    const index = binarySearch(rows, candidate);
    if (index >= 0) return index;
  }
  return -1;
}

function binarySearch(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const TICK_SPACE = 64;
const LABEL_WIDTH = 48;

function Axis({ totalMs, width }: { totalMs: number; width: number }) {
  return ticks(totalMs, Math.floor(width / TICK_SPACE)).map(({ at, ms }) => (
    <span
      key={ms}
      aria-hidden
      className="absolute inset-y-0 flex items-center border-l border-line pl-1 whitespace-nowrap"
      style={{ left: `${at * 100}%` }}
    >
      {at * width + LABEL_WIDTH <= width && (ms === 0 ? "0" : durationText(ms).replace(/\.0+(?= )/, ""))}
    </span>
  ));
}
