import { ChevronsDownUp, ChevronsUpDown, CircleAlert, Route, Shapes } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from "react";
import { useSearchParams } from "react-router";
import { traceText } from "../../text/trace";
import { facts, figures } from "../../text/figures";
import { formatCount } from "../../lib/format";
import { useShortcuts } from "../../lib/shortcuts";
import { Button, Hint, IconButton, IconToggle } from "../../ui/Button";
import { EmptyNote } from "../../ui/EmptyState";
import { KindIcon, kindWord } from "../../ui/Kind";
import { Menu, MenuItem } from "../../ui/Menu";
import { SearchField } from "../../ui/SearchField";
import { Tooltip } from "../../ui/Tooltip";
import { criticalPath } from "./model/criticalPath";
import {
  ancestors,
  hasChildren,
  matchingRows,
  nextError,
  spanId,
  spanKind,
  visibleRows,
  type TraceTree,
} from "./model/tree";
import { useDebounced } from "../../lib/useDebounced";
import { TraceRows } from "./TraceRows";
import { useTextSearch } from "./useTextSearch";

const FIND = "find";
const ADDRESS_MS = 400;
const LARGE = 5000;

export function TraceTreePane({
  tree,
  isComplete,
  selectedRow,
  onSelect,
  viewSwitch,
}: {
  tree: TraceTree;
  isComplete: boolean;
  /** Row of the whole tree, also where it is inside a collapsed span. */
  selectedRow: number;
  onSelect: (spanId: string) => void;
  /** To the conversation of the same trace. */
  viewSwitch: ReactNode;
}) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState(params.get(FIND) ?? "");
  // A large trace is searched through when asked to: the server reads all that its spans hold.
  const [isAsked, setAsked] = useState(false);
  const [showsPath, setShowsPath] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  const needle = useDeferredValue(text.trim());
  const searchesTexts = isAsked || tree.size <= LARGE;
  const texts = useTextSearch(tree.skeleton.trace, needle, searchesTexts);
  const found = needle ? matchingRows(tree, needle, texts.inside) : null;

  const settled = useDebounced(text.trim(), ADDRESS_MS);
  useEffect(() => {
    if ((new URLSearchParams(window.location.search).get(FIND) ?? "") === settled) return;
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (settled === "") next.delete(FIND);
        else next.set(FIND, settled);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [settled, setParams]);

  const rows = found ? found.rows : visibleRows(tree, collapsed);

  const path = showsPath ? criticalPath(tree) : null;
  const expandableKinds = Map.groupBy(
    Array.from({ length: tree.size }, (_, row) => row).filter((row) => hasChildren(tree, row)),
    (row) => spanKind(tree, row),
  );

  const reveal = (row: number) => {
    const above = new Set(ancestors(tree, row).map((ancestor) => spanId(tree, ancestor)));
    setCollapsed((previous) => new Set([...previous].filter((id) => !above.has(id))));
    onSelect(spanId(tree, row));
  };
  const toNextError = () => {
    const row = nextError(tree, selectedRow);
    if (row >= 0) reveal(row);
  };
  const toggle = (row: number, expand: boolean) =>
    setCollapsed((previous) => {
      const next = new Set(previous);
      if (expand) next.delete(spanId(tree, row));
      else next.add(spanId(tree, row));
      return next;
    });
  const collapseAll = () =>
    setCollapsed(
      new Set(
        Array.from({ length: tree.size }, (_, row) => row)
          .filter((row) => tree.depth[row]! > 0 && hasChildren(tree, row))
          .map((row) => spanId(tree, row)),
      ),
    );

  useShortcuts([
    { keys: "c", label: traceText.criticalPath, group: traceText.group, run: () => setShowsPath(!showsPath) },
    { keys: "/", label: traceText.searchTree, group: traceText.group, run: () => search.current?.focus() },
    ...(tree.errorCount > 0
      ? [{ keys: "x", label: traceText.nextError, group: traceText.group, run: toNextError }]
      : []),
  ]);

  return (
    <section aria-label={traceText.tree} className="flex min-h-0 grow flex-col">
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-2">
        {viewSwitch}
        <SearchField
          label={traceText.searchField}
          placeholder={traceText.searchIn(tree.size)}
          shortcut="/"
          value={text}
          onChange={setText}
          inputRef={search}
          onKeyDown={(event) => event.key === "Enter" && setAsked(true)}
          className="min-w-0 grow"
        />
        {found && (
          <span role="status" className="tabular px-1 text-meta whitespace-nowrap text-ink-3">
            {figures.share(formatCount(found.matches.size), formatCount(tree.size))}
            {texts.status === "asking" && <span className="sr-only"> {traceText.searching}</span>}
          </span>
        )}
        {tree.errorCount > 0 && (
          <Tooltip content={<Hint label={traceText.nextError} shortcut="x" />}>
            <Button look="quiet" onPress={toNextError} className="text-danger!">
              <CircleAlert size={14} aria-hidden />
              {facts.errorCount(tree.errorCount)}
            </Button>
          </Tooltip>
        )}
        <IconToggle
          label={traceText.criticalPath}
          shortcut="c"
          icon={<Route size={14} />}
          isSelected={showsPath}
          onChange={setShowsPath}
        />
        {expandableKinds.size > 1 && (
          <Menu
            label={traceText.collapseByKind}
            trigger={<IconButton label={traceText.collapseByKind} icon={<Shapes size={14} />} />}
          >
            {[...expandableKinds].map(([kind, rowsOfKind]) => (
              <MenuItem
                key={kind}
                icon={<KindIcon kind={kind} size={14} />}
                onAction={() =>
                  setCollapsed((previous) => new Set([...previous, ...rowsOfKind.map((row) => spanId(tree, row))]))
                }
              >
                {traceText.collapseKind(kindWord(kind), rowsOfKind.length)}
              </MenuItem>
            ))}
          </Menu>
        )}
        {collapsed.size > 0 ? (
          <IconButton
            label={traceText.expandAll}
            icon={<ChevronsUpDown size={14} />}
            onPress={() => setCollapsed(new Set())}
          />
        ) : (
          <IconButton label={traceText.collapseAll} icon={<ChevronsDownUp size={14} />} onPress={collapseAll} />
        )}
      </div>
      <TraceRows
        tree={tree}
        rows={rows}
        matches={found?.matches ?? null}
        path={path}
        needle={needle}
        isCollapsed={(row) => !found && collapsed.has(spanId(tree, row))}
        selectedRow={selectedRow}
        onSelect={(row) => onSelect(spanId(tree, row))}
        onToggle={toggle}
      />
      {found && rows.length === 0 && (
        <EmptyNote>{texts.status === "asking" ? traceText.searching : traceText.noMatch(needle)}</EmptyNote>
      )}
      {found && (!searchesTexts || texts.status === "failed" || texts.isCapped) && (
        <p role="status" className="flex h-6 shrink-0 items-center border-t border-line px-3 text-label text-ink-3">
          {texts.status === "failed"
            ? traceText.searchFailed
            : texts.isCapped
              ? traceText.searchCapped(texts.inside.size)
              : traceText.searchLarge}
        </p>
      )}
      {!isComplete && (
        <p role="status" className="flex h-6 shrink-0 items-center border-t border-line px-3 text-label text-ink-3">
          {traceText.loadingSpans(tree.size, tree.skeleton.trace.numSpans)}
        </p>
      )}
    </section>
  );
}
