import { describe, expect, it } from "vitest";
import { arrangeColumns, layoutColumns, moveColumn, type Column, type ColumnPreferences } from "./columns";

const column = (id: string, rest: Partial<Column<string>> = {}): Column<string> => ({
  id,
  title: id,
  width: 100,
  minWidth: 50,
  cell: () => id,
  ...rest,
});

const none: ColumnPreferences = { visibility: {}, widths: {}, pins: {}, order: [] };
const columns = [
  column("end", { pin: "end" }),
  column("name", { pin: "start" }),
  column("text", { grow: 1 }),
  column("more", { grow: 3 }),
  column("hidden", { shown: false }),
];
const widths = (preferences: ColumnPreferences, available: number) =>
  Object.fromEntries(
    layoutColumns(columns, preferences, available).columns.map(({ id, placedWidth }) => [id, placedWidth]),
  );

describe("layoutColumns", () => {
  it("puts pinned columns at the ends and gives spare space to those that grow", () => {
    expect(widths(none, 800)).toEqual({ name: 100, text: 200, more: 400, end: 100 });
    expect(layoutColumns(columns, none, 800).columns.map(({ id }) => id)).toEqual(["name", "text", "more", "end"]);
  });

  it("fills the width to the pixel", () => {
    for (const available of [501, 613, 777, 1387]) {
      expect(layoutColumns(columns, none, available).totalWidth).toBe(available);
    }
  });

  it("takes from growing columns first, and never below a minimum", () => {
    expect(widths(none, 340)).toEqual({ name: 100, text: 70, more: 70, end: 100 });
    expect(widths(none, 100)).toEqual({ name: 100, text: 50, more: 50, end: 100 });
  });

  it("keeps what a person chose", () => {
    const chosen = { ...none, visibility: { hidden: true, more: false }, widths: { text: 80, end: 10 } };
    expect(widths(chosen, 500)).toEqual({ name: 100, text: 80, hidden: 100, end: 50 });
  });

  it("tells pinned columns where to stick", () => {
    const wider = [...columns, column("last", { pin: "end", width: 60 })];
    const placed = layoutColumns(wider, none, 200).columns;
    expect(placed.map(({ id, stick }) => [id, stick])).toEqual([
      ["name", { left: 0 }],
      ["text", null],
      ["more", null],
      ["end", { right: 60 }],
      ["last", { right: 0 }],
    ]);
    // Where all of them are seen, nothing has to.
    expect(layoutColumns(wider, none, 900).columns.filter(({ stick }) => stick !== null)).toEqual([]);
  });
});

const ids = (preferences: Partial<ColumnPreferences>) =>
  arrangeColumns(columns, { ...none, ...preferences }).map(({ id }) => id);

describe("the order of columns", () => {
  it("is the person's, and new columns stand behind the one they come after", () => {
    expect(ids({})).toEqual(["name", "text", "more", "hidden", "end"]);
    expect(ids({ order: ["more", "text", "gone"] })).toEqual(["name", "more", "hidden", "text", "end"]);
  });

  it("keeps pinned columns at their ends, and lets go of those that were unpinned", () => {
    expect(ids({ pins: { more: "start", end: "none" } })).toEqual(["name", "more", "end", "text", "hidden"]);
  });

  it("changes by one place among the shown columns of a group", () => {
    expect(moveColumn(columns, none, "more", -1)).toEqual(["name", "more", "text", "hidden", "end"]);
    expect(moveColumn(columns, none, "more", 1)).toBeNull();
    expect(moveColumn(columns, none, "name", 1)).toBeNull();
  });
});
