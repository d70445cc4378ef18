import { ChevronRight, TextSearch } from "lucide-react";
import type { ReactNode } from "react";
import { traceText } from "../../text/trace";
import { Cost, Count, Duration } from "../../ui/Figures";
import { KindIcon, kindWord } from "../../ui/Kind";
import { StatusIcon } from "../../ui/Status";
import { cx } from "../../lib/cx";
import { Highlighted } from "../../ui/text/Highlighted";
import { placeBar } from "./model/axis";
import { errorLevels, hasChildren, type TraceTree } from "./model/tree";

const INDENT = 14;
const GUTTER = 8;
/** Deeper levels share the last indentation: the name must stay readable. */
const MAX_LEVEL = 14;

export function TraceRow({
  tree,
  row,
  isCollapsed,
  isDimmed,
  needle,
  isFoundInside,
  shows,
  onToggle,
}: {
  tree: TraceTree;
  row: number;
  isCollapsed: boolean;
  isDimmed: boolean;
  needle: string;
  /** The text that is looked for is not in its name but in what it holds. */
  isFoundInside: boolean;
  shows: { bars: boolean; tokens: boolean; cost: boolean };
  onToggle: () => void;
}) {
  const { skeleton } = tree;
  const span = tree.spanOf[row]!;
  const name = skeleton.names[span]!;
  const kind = skeleton.kinds[span]!;
  const duration = skeleton.durations[span] ?? null;
  const isError = tree.isError[row] === 1;
  const leadsToError = tree.hasErrorBelow[row] === 1;
  const level = Math.min(tree.depth[row]!, MAX_LEVEL);
  const bar = placeBar(skeleton.starts[span]!, duration ?? 0, tree);

  return (
    <>
      <span
        role="gridcell"
        className="relative flex h-full min-w-0 items-center pr-2"
        style={{ paddingLeft: GUTTER + level * INDENT }}
      >
        <Guides
          level={level}
          errorLevels={errorLevels(tree, row)}
          isOnPath={isError || leadsToError}
          isPathEnd={tree.lastErrorChild[tree.parent[row]!] === row}
        />
        {hasChildren(tree, row) ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={isCollapsed ? traceText.expand(name) : traceText.collapse(name)}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
            className="z-[1] flex size-4 shrink-0 cursor-default items-center justify-center rounded-[3px] text-ink-3 hover:bg-pressed hover:text-ink"
          >
            <ChevronRight size={12} className={cx("transition-transform", !isCollapsed && "rotate-90")} />
          </button>
        ) : (
          <span className="w-4 shrink-0" />
        )}
        <span className="mr-1.5 ml-0.5 inline-flex">
          <KindIcon kind={kind} size={14} />
          <span className="sr-only">{kindWord(kind)}</span>
        </span>
        <span
          dir="auto"
          className={cx("truncate", isError ? "font-medium text-danger" : isDimmed ? "text-ink-3" : "text-ink")}
          title={name}
        >
          <Highlighted text={name} needle={needle} />
        </span>
        {isFoundInside && (
          <span className="ml-1.5 inline-flex text-accent" title={traceText.inside}>
            <TextSearch size={13} aria-hidden />
            <span className="sr-only">{traceText.inside}</span>
          </span>
        )}
        {isError && (
          <span className="ml-1.5 inline-flex">
            <StatusIcon code="ERROR" size={13} />
            <span className="sr-only">{traceText.failed}</span>
          </span>
        )}
        {isCollapsed && (
          <span className="tabular ml-1.5 shrink-0 rounded-pill bg-sunken px-1.5 text-label text-ink-3 dark:bg-raised">
            +{tree.subtreeEnd[row]! - row - 1}
          </span>
        )}
        {isCollapsed && leadsToError && !isError && (
          <span className="ml-1 inline-flex" title={traceText.failedInside}>
            <StatusIcon code="ERROR" size={13} />
            <span className="sr-only">{traceText.failedInside}</span>
          </span>
        )}
      </span>
      {shows.bars && (
        <span role="gridcell" aria-label={traceText.timeline} className="relative mx-px h-full overflow-hidden">
          <span
            data-kind={kind}
            aria-hidden
            className={cx(
              "absolute top-1/2 h-2 -translate-y-1/2 rounded-[2px]",
              isError ? "bg-danger" : "bg-kind-bar",
              isDimmed && "opacity-40",
            )}
            // Two pixels are seen, however short it was beside the whole.
            style={{ left: `min(${bar.left}%, 100% - 2px)`, width: `max(${bar.width}%, 2px)` }}
          />
        </span>
      )}
      <span role="gridcell" className="pr-2 text-right text-ink-2">
        <Duration ms={duration === null ? null : duration / 1000} />
      </span>
      {shows.tokens && (
        <Amount>
          {known(skeleton.tokens[span], (tokens) => (
            <Count value={tokens} />
          ))}
        </Amount>
      )}
      {shows.cost && (
        <Amount>
          {known(skeleton.costs[span], (cost) => (
            <Cost usd={cost} />
          ))}
        </Amount>
      )}
    </>
  );
}

/** Most spans have none of it: what is missing is left out, so that what is there is seen. */
function known(value: number | null | undefined, show: (value: number) => ReactNode): ReactNode {
  return value === null || value === undefined ? null : show(value);
}

function Amount({ children }: { children: ReactNode }) {
  return (
    <span role="gridcell" className="pr-3 text-right text-ink-2">
      {children}
    </span>
  );
}

/** One line a level; red where it leads down to a failure, with a branch to the row that is on the way. */
function Guides({
  level,
  errorLevels: marked,
  isOnPath,
  isPathEnd,
}: {
  level: number;
  errorLevels: number[];
  isOnPath: boolean;
  /** The red line of the level above stops at this row. */
  isPathEnd: boolean;
}) {
  const x = (at: number) => GUTTER + at * INDENT + 7;
  return (
    <span aria-hidden className="contents">
      {Array.from({ length: level }, (_, at) => (
        <span key={at} className="absolute inset-y-0 w-px bg-line" style={{ left: x(at) }}>
          {marked.includes(at) && (
            <span className={cx("block w-px bg-danger", isPathEnd && at === level - 1 ? "h-1/2" : "h-full")} />
          )}
        </span>
      ))}
      {isOnPath && level > 0 && (
        <span className="absolute top-1/2 h-px bg-danger" style={{ left: x(level - 1), width: INDENT - 5 }} />
      )}
    </span>
  );
}
