import type { TraceTree } from "./tree";

/**
 * The spans that the end of the trace waited for: shortening any other does not make it faster. Of a span's children the
 * one that ended last before the moment looked at is on it, then the one that ended last before that one began, and so on.
 */
export function criticalPath(tree: TraceTree): Uint8Array {
  const isOn = new Uint8Array(tree.size);
  const children = childrenByEnd(tree);
  const waiting: { row: number; until: number }[] = [];
  // Of several roots the first one is what was waited for; later ones are work that went on by itself.
  if (tree.size > 0) waiting.push({ row: 0, until: endOf(tree, 0) });

  for (let next = waiting.pop(); next; next = waiting.pop()) {
    isOn[next.row] = 1;
    const last = Math.min(next.until, endOf(tree, next.row));
    let moment = last;
    for (const child of children.get(next.row) ?? []) {
      // What goes on after its parent has answered holds nothing up beyond that moment.
      const end = Math.min(endOf(tree, child), last);
      if (end > moment || startOf(tree, child) >= moment) continue;
      waiting.push({ row: child, until: end });
      moment = startOf(tree, child);
    }
  }
  return isOn;
}

/** Rows by their parent's row, the last to end first. */
function childrenByEnd(tree: TraceTree): Map<number, number[]> {
  const children = Map.groupBy(
    Array.from({ length: tree.size }, (_, row) => row),
    (row) => tree.parent[row]!,
  );
  for (const rows of children.values()) rows.sort((a, b) => endOf(tree, b) - endOf(tree, a) || a - b);
  return children;
}

function startOf(tree: TraceTree, row: number): number {
  return tree.skeleton.starts[tree.spanOf[row]!]!;
}

function endOf(tree: TraceTree, row: number): number {
  return startOf(tree, row) + Math.max(0, tree.skeleton.durations[tree.spanOf[row]!] ?? 0);
}
