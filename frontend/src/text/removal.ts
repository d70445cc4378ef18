import { plural } from "../lib/format";

/** Moving and deleting traces that were picked in a table. */
export const removalText = {
  move: "Move",
  remove: "Delete",
  removeTitle: (count: number) => `Delete ${plural(count, "trace")}?`,
  removeNote: "Their spans, annotations and costs go with them. This cannot be undone.",
  removed: (count: number) => `Deleted ${plural(count, "trace")}`,
  moveTitle: (count: number) => `Move ${plural(count, "trace")}`,
  moveNote: "Whole traces move, with everything said about them. Their sessions stay where they are.",
  target: "To project",
  noOther: "There is no other project.",
  moved: (count: number, project: string) => `Moved ${plural(count, "trace")} to ${project}`,
  open: "Open project",
};
