import type { Kind } from "../../../ui/Kind";
import type { Skeleton } from "./skeleton";

/**
 * The spans in the order they are read: parents before children, children by start. Everything is indexed by the place
 * in that order ("row"), and one span's descendants are the rows from its own to `subtreeEnd`.
 */
export type TraceTree = {
  skeleton: Skeleton;
  size: number;
  /** Index of the row's span in the skeleton. */
  spanOf: Int32Array;
  depth: Int32Array;
  parent: Int32Array;
  subtreeEnd: Int32Array;
  isError: Uint8Array;
  /** A descendant failed. */
  hasErrorBelow: Uint8Array;
  /** Row of the last child that failed or leads to a failure; -1 without one. */
  lastErrorChild: Int32Array;
  rowOfSpan: Map<string, number>;
  /** Where a failing trace opens: the earliest failure that no other failure below it explains; -1 without one. */
  firstError: number;
  errorCount: number;
  /** What some span costs is known. */
  isPriced: boolean;
  startUs: number;
  endUs: number;
};

const NOTHING: ReadonlySet<string> = new Set();

export function buildTree(skeleton: Skeleton): TraceTree {
  const size = skeleton.ids.length;
  const { spanOf, depth, parent } = order(skeleton);
  const subtreeEnd = new Int32Array(size);
  const isError = new Uint8Array(size);
  const hasErrorBelow = new Uint8Array(size);
  const lastErrorChild = new Int32Array(size).fill(-1);
  const rowOfSpan = new Map<string, number>();
  let firstError = -1;
  let errorCount = 0;
  let startUs = Infinity;
  let endUs = -Infinity;

  for (let row = 0; row < size; row++) subtreeEnd[row] = row + 1;
  // Backwards, so that children are done before their parent.
  for (let row = size - 1; row >= 0; row--) {
    const span = spanOf[row]!;
    const start = skeleton.starts[span]!;
    rowOfSpan.set(skeleton.ids[span]!, row);
    startUs = Math.min(startUs, start);
    // Clocks that differ make spans end before they start.
    endUs = Math.max(endUs, start + Math.max(0, skeleton.durations[span] ?? 0));

    if (skeleton.statuses[span] === "ERROR") {
      isError[row] = 1;
      errorCount++;
      const isEarlier = firstError < 0 || start <= skeleton.starts[spanOf[firstError]!]!;
      if (!hasErrorBelow[row] && isEarlier) firstError = row;
    }
    const above = parent[row]!;
    if (above < 0) continue;
    subtreeEnd[above] = Math.max(subtreeEnd[above]!, subtreeEnd[row]!);
    if (isError[row] || hasErrorBelow[row]) {
      hasErrorBelow[above] = 1;
      lastErrorChild[above] = Math.max(lastErrorChild[above]!, row);
    }
  }
  if (size === 0) startUs = endUs = 0;
  return {
    skeleton,
    size,
    spanOf,
    depth,
    parent,
    subtreeEnd,
    isError,
    hasErrorBelow,
    lastErrorChild,
    rowOfSpan,
    firstError,
    errorCount,
    isPriced: skeleton.costs.some((cost) => cost !== null),
    startUs,
    endUs,
  };
}

/** Depth-first, without recursion: a chain may be thousands deep. Orphans become roots; of a cycle, its earliest span. */
function order(skeleton: Skeleton) {
  const size = skeleton.ids.length;
  const byStart = Int32Array.from({ length: size }, (_, index) => index).sort(
    (a, b) => skeleton.starts[a]! - skeleton.starts[b]! || a - b,
  );
  const indexOf = new Map(skeleton.spanIds.map((id, index) => [id, index]));
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const span of byStart) {
    const parentId = skeleton.parentIds[span];
    const above = parentId ? indexOf.get(parentId) : undefined;
    if (above === undefined || above === span) roots.push(span);
    else {
      const siblings = children.get(above);
      if (siblings) siblings.push(span);
      else children.set(above, [span]);
    }
  }

  const spanOf = new Int32Array(size);
  const depth = new Int32Array(size);
  const parent = new Int32Array(size);
  const visited = new Uint8Array(size);
  let row = 0;

  const walk = (root: number) => {
    const stack: { span: number; depth: number; parent: number }[] = [{ span: root, depth: 0, parent: -1 }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (visited[next.span]) continue;
      visited[next.span] = 1;
      spanOf[row] = next.span;
      depth[row] = next.depth;
      parent[row] = next.parent;
      const below = children.get(next.span) ?? [];
      for (let child = below.length - 1; child >= 0; child--) {
        stack.push({ span: below[child]!, depth: next.depth + 1, parent: row });
      }
      row++;
    }
  };
  for (const root of roots) walk(root);
  if (row < size) for (const span of byStart) if (!visited[span]) walk(span);
  return { spanOf, depth, parent };
}

/** Rows that are not inside a collapsed span. */
export function visibleRows(tree: TraceTree, collapsed: ReadonlySet<string>): Int32Array {
  const rows = new Int32Array(tree.size);
  let count = 0;
  for (let row = 0; row < tree.size;) {
    rows[count++] = row;
    const isCollapsed = collapsed.size > 0 && collapsed.has(spanId(tree, row));
    row = isCollapsed ? tree.subtreeEnd[row]! : row + 1;
  }
  return rows.subarray(0, count);
}

/** Rows whose name contains the text, or whose contents do, with their ancestors. */
export function matchingRows(
  tree: TraceTree,
  text: string,
  /** Spans with the text inside, as the server found them. */
  inside: ReadonlySet<string> = NOTHING,
): { rows: Int32Array; matches: Set<number> } {
  const needle = text.toLowerCase();
  const keep = new Uint8Array(tree.size);
  const matches = new Set<number>();
  for (let row = 0; row < tree.size; row++) {
    if (!spanName(tree, row).toLowerCase().includes(needle) && !inside.has(spanId(tree, row))) continue;
    matches.add(row);
    for (let above = row; above >= 0 && !keep[above]; above = tree.parent[above]!) keep[above] = 1;
  }
  return { rows: Int32Array.from(keep.keys()).filter((row) => keep[row]), matches };
}

/** The next failure after the row, round the end. */
export function nextError(tree: TraceTree, from: number): number {
  for (let step = 1; step <= tree.size; step++) {
    const row = (from + step) % tree.size;
    if (tree.isError[row]) return row;
  }
  return -1;
}

export function ancestors(tree: TraceTree, row: number): number[] {
  const path: number[] = [];
  for (let above = tree.parent[row] ?? -1; above >= 0; above = tree.parent[above]!) path.push(above);
  return path;
}

/** Levels at which the line beside the row leads down to a failure. */
export function errorLevels(tree: TraceTree, row: number): number[] {
  return ancestors(tree, row)
    .filter((above) => tree.lastErrorChild[above]! >= row)
    .map((above) => tree.depth[above]!);
}

export function hasChildren(tree: TraceTree, row: number): boolean {
  return tree.subtreeEnd[row]! > row + 1;
}

export function spanId(tree: TraceTree, row: number): string {
  return tree.skeleton.ids[tree.spanOf[row]!]!;
}

export function spanName(tree: TraceTree, row: number): string {
  return tree.skeleton.names[tree.spanOf[row]!]!;
}

export function spanKind(tree: TraceTree, row: number): Kind {
  return tree.skeleton.kinds[tree.spanOf[row]!]!;
}

/** Names a trace that has no root, because its only candidates are their own ancestors. */
export function firstSpan(tree: TraceTree): { name: string; kind: Kind } | null {
  const span = tree.spanOf[0];
  return span === undefined ? null : { name: tree.skeleton.names[span]!, kind: tree.skeleton.kinds[span]! };
}
