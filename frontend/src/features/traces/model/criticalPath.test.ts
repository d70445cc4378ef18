import { expect, it } from "vitest";
import { criticalPath } from "./criticalPath";
import { buildTree, spanName } from "./tree";

type Span = [name: string, parent: string | null, start: number, end: number];

const onPath = (...spans: Span[]) => {
  const tree = buildTree({
    trace: { id: "1", traceId: "1", projectId: "1", numSpans: spans.length },
    ids: spans.map(([name]) => name),
    spanIds: spans.map(([name]) => name),
    parentIds: spans.map(([, parent]) => parent),
    names: spans.map(([name]) => name),
    kinds: spans.map(() => "chain"),
    statuses: spans.map(() => "OK"),
    starts: spans.map(([, , start]) => start),
    durations: spans.map(([, , start, end]) => end - start),
    tokens: spans.map(() => null),
    costs: spans.map(() => null),
  });
  return [...criticalPath(tree).keys()].filter((row) => criticalPath(tree)[row]).map((row) => spanName(tree, row));
};

it("follows what ended last, and before it what it waited for", () => {
  expect(
    onPath(["root", null, 0, 100], ["first", "root", 0, 40], ["short", "root", 0, 20], ["second", "root", 45, 95]),
  ).toEqual(["root", "first", "second"]);
});

it("takes the longer one of two that ran at the same time, and goes down into it", () => {
  expect(
    onPath(["root", null, 0, 100], ["a", "root", 0, 60], ["b", "root", 0, 90], ["c", "b", 10, 80], ["d", "a", 0, 59]),
  ).toEqual(["root", "b", "c"]);
});

it("takes no more of a child than its parent waited for, and no second root", () => {
  expect(onPath(["root", null, 0, 50], ["late", "root", 10, 900], ["other", null, 60, 70])).toEqual(["root", "late"]);
});

it("is empty for nothing", () => expect(onPath()).toEqual([]));
