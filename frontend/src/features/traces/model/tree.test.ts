import { describe, expect, it } from "vitest";
import type { Skeleton } from "./skeleton";
import {
  buildTree,
  errorLevels,
  hasChildren,
  matchingRows,
  nextError,
  spanName,
  visibleRows,
  type TraceTree,
} from "./tree";

type Row = { id: string; parent?: string; start?: number; duration?: number; error?: boolean };

function skeleton(rows: Row[]): Skeleton {
  return {
    trace: { id: "T", traceId: "t", projectId: "P", numSpans: rows.length },
    ids: rows.map(({ id }) => `node-${id}`),
    spanIds: rows.map(({ id }) => id),
    parentIds: rows.map(({ parent }) => parent ?? null),
    names: rows.map(({ id }) => id),
    kinds: rows.map(() => "chain" as const),
    statuses: rows.map(({ error }) => (error ? "ERROR" : "OK")),
    starts: rows.map(({ start }, index) => start ?? index),
    durations: rows.map(({ duration }) => duration ?? 1),
    tokens: rows.map(() => null),
    costs: rows.map(() => null),
  };
}

const outline = (tree: TraceTree, rows: Iterable<number> = tree.spanOf.keys()) =>
  [...rows].map((row) => "  ".repeat(tree.depth[row]!) + spanName(tree, row));

describe("buildTree", () => {
  it("puts children below parents, by start, whatever order they came in", () => {
    const tree = buildTree(
      skeleton([
        { id: "c", parent: "a", start: 5 },
        { id: "d", parent: "b", start: 3 },
        { id: "b", parent: "a", start: 2 },
        { id: "a", start: 1, duration: 9 },
      ]),
    );
    expect(outline(tree)).toEqual(["a", "  b", "    d", "  c"]);
    expect([...tree.subtreeEnd]).toEqual([4, 3, 3, 4]);
    expect([tree.startUs, tree.endUs]).toEqual([1, 10]);
  });

  it("makes spans roots whose parent is not there", () => {
    expect(outline(buildTree(skeleton([{ id: "a" }, { id: "orphan", parent: "gone" }])))).toEqual(["a", "orphan"]);
  });

  it("does not hang on cycles: the earliest span of one becomes a root", () => {
    const tree = buildTree(
      skeleton([
        { id: "self", parent: "self" },
        { id: "y", parent: "z" },
        { id: "z", parent: "y" },
      ]),
    );
    expect(outline(tree)).toEqual(["self", "y", "  z"]);
  });

  it("takes chains deeper than the stack", () => {
    const depth = 20_000;
    const tree = buildTree(
      skeleton(Array.from({ length: depth }, (_, index) => ({ id: `${index}`, parent: `${index - 1}` }))),
    );
    expect(tree.depth[depth - 1]).toBe(depth - 1);
  });

  it("builds a hundred thousand spans without holding up the page", () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({ id: `${index}`, parent: `${index >> 1}` }));
    const started = performance.now();
    buildTree(skeleton(rows));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("is empty for a trace without spans", () => {
    expect(buildTree(skeleton([]))).toMatchObject({ size: 0, firstError: -1, startUs: 0, endUs: 0 });
  });
});

describe("failures", () => {
  const tree = buildTree(
    skeleton([
      { id: "root", error: true },
      { id: "fine", parent: "root" },
      { id: "agent", parent: "root", error: true },
      { id: "late", parent: "agent", start: 9, error: true },
      { id: "early", parent: "agent", start: 4, error: true },
      { id: "after", parent: "root", start: 10 },
    ]),
  );

  it("opens on the earliest one that no other explains", () => {
    expect(spanName(tree, tree.firstError)).toBe("early");
  });

  it("steps to the next one and round the end", () => {
    const names: string[] = [];
    for (let row = tree.firstError; names.length < 4; row = nextError(tree, row)) names.push(spanName(tree, row));
    expect(names).toEqual(["early", "late", "root", "agent"]);
    expect(nextError(buildTree(skeleton([{ id: "a" }])), 0)).toBe(-1);
  });

  it("marks the lines that lead to them", () => {
    expect(outline(tree)).toEqual(["root", "  fine", "  agent", "    early", "    late", "  after"]);
    expect([...tree.spanOf.keys()].map((row) => errorLevels(tree, row))).toEqual([[], [0], [0], [1], [1], []]);
  });
});

describe("what is shown", () => {
  const tree = buildTree(
    skeleton([
      { id: "root" },
      { id: "plan", parent: "root" },
      { id: "retrieve", parent: "plan" },
      { id: "answer", parent: "root" },
    ]),
  );

  it("leaves out what is inside a collapsed span", () => {
    expect(outline(tree, visibleRows(tree, new Set(["node-plan"])))).toEqual(["root", "  plan", "  answer"]);
    expect(visibleRows(tree, new Set(["node-root"]))).toHaveLength(1);
    expect([0, 1, 2, 3].map((row) => hasChildren(tree, row))).toEqual([true, true, false, false]);
  });

  it("keeps the ancestors of what matches", () => {
    const { rows, matches } = matchingRows(tree, "RETRIEV");
    expect(outline(tree, rows)).toEqual(["root", "  plan", "    retrieve"]);
    expect([...matches].map((row) => spanName(tree, row))).toEqual(["retrieve"]);
    expect(matchingRows(tree, "nothing").rows).toHaveLength(0);
  });
});
