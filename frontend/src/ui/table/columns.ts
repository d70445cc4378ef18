import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  title: string;
  /** Instead of the title, where the header is a control of its own. */
  head?: ReactNode;
  /** Said on hover of the header where the title alone is not enough. */
  hint?: string;
  width: number;
  minWidth: number;
  /** Share of the space that is left over. */
  grow?: number;
  align?: "end";
  /** Stays in place while the middle scrolls sideways. */
  pin?: "start" | "end";
  /** Shown unless the person hid it; `false` = hidden until chosen. */
  shown?: boolean;
  canHide?: boolean;
  /** The server sorts by it. */
  canSort?: boolean;
  cell: (row: Row) => ReactNode;
  /** The value as text, for copies. */
  text?: (row: Row) => string | number | null | undefined;
};

/** Where a column stays, or that it scrolls with the others although it would stay by itself. */
export type Pin = "start" | "end" | "none";

export type ColumnPreferences = {
  visibility: Record<string, boolean>;
  widths: Record<string, number>;
  pins: Record<string, Pin>;
  /** Ids in the order a person gave them; the others stay behind the column they come after. */
  order: readonly string[];
};

export type PlacedColumn<Row> = Column<Row> & {
  placedWidth: number;
  /** Distance to the edge a pinned column sticks to. */
  stick: { left?: number; right?: number } | null;
};

export type ColumnLayout<Row> = {
  columns: PlacedColumn<Row>[];
  template: string;
  totalWidth: number;
};

export function isColumnShown<Row>(column: Column<Row>, { visibility }: ColumnPreferences): boolean {
  if (column.canHide === false) return true;
  return visibility[column.id] ?? column.shown !== false;
}

/** As the person ordered them, pinned ones at their ends: what the column menu lists and the table shows. */
export function arrangeColumns<Row>(all: Column<Row>[], { order, pins }: ColumnPreferences): Column<Row>[] {
  const known = order.flatMap((id) => all.filter((column) => column.id === id));
  const arranged = [...known];
  all.forEach((column, index) => {
    if (known.includes(column)) return;
    const before = all[index - 1];
    arranged.splice(before ? arranged.indexOf(before) + 1 : 0, 0, column);
  });
  const placed = arranged.map((column) => withPin(column, pins[column.id]));
  return [
    ...placed.filter(({ pin }) => pin === "start"),
    ...placed.filter(({ pin }) => !pin),
    ...placed.filter(({ pin }) => pin === "end"),
  ];
}

function withPin<Row>(column: Column<Row>, chosen: Pin | undefined): Column<Row> {
  if (chosen === undefined) return column;
  const { pin: _, ...rest } = column;
  return chosen === "none" ? rest : { ...rest, pin: chosen };
}

/** The order after one shown column has changed places with its neighbour; columns move within their own group. */
export function moveColumn<Row>(
  all: Column<Row>[],
  preferences: ColumnPreferences,
  id: string,
  step: -1 | 1,
): readonly string[] | null {
  const arranged = arrangeColumns(all, preferences);
  const shown = arranged.filter((column) => isColumnShown(column, preferences));
  const column = shown.find((candidate) => candidate.id === id);
  const neighbour = column && shown[shown.indexOf(column) + step];
  if (!column || !neighbour || neighbour.pin !== column.pin) return null;
  const ids = arranged.map((each) => each.id);
  const [from, to] = [ids.indexOf(id), ids.indexOf(neighbour.id)];
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}

/** The order after a column has been put before or behind another one of its own group. */
export function placeColumn<Row>(
  all: Column<Row>[],
  preferences: ColumnPreferences,
  id: string,
  target: string,
  side: "before" | "behind",
): readonly string[] | null {
  const arranged = arrangeColumns(all, preferences);
  const [column, other] = [id, target].map((each) => arranged.find((candidate) => candidate.id === each));
  if (!column || !other || column === other || column.pin !== other.pin) return null;
  const ids = arranged.map((each) => each.id).filter((each) => each !== id);
  return ids.toSpliced(ids.indexOf(target) + (side === "behind" ? 1 : 0), 0, id);
}

/** Start-pinned columns first, end-pinned last, spare space to those that grow; nobody below their minimum. */
export function layoutColumns<Row>(
  all: Column<Row>[],
  preferences: ColumnPreferences,
  available: number,
): ColumnLayout<Row> {
  const ordered = arrangeColumns(all, preferences).filter((column) => isColumnShown(column, preferences));
  const widths = placeWidths(ordered, preferences, available);
  const totalWidth = widths.reduce((sum, width) => sum + width, 0);

  // What fits needs no place to stick to; cells that could stick are dear to scroll.
  const overflows = totalWidth > available;
  let left = 0;
  let right = totalWidth;
  const columns = ordered.map((column, index): PlacedColumn<Row> => {
    const placedWidth = widths[index] ?? column.width;
    right -= placedWidth;
    const edge = column.pin === "start" ? { left } : column.pin === "end" ? { right } : null;
    if (column.pin === "start") left += placedWidth;
    return { ...column, placedWidth, stick: overflows ? edge : null };
  });
  return { columns, template: widths.map((width) => `${width}px`).join(" "), totalWidth };
}

function placeWidths<Row>(columns: Column<Row>[], { widths: chosen }: ColumnPreferences, available: number): number[] {
  const base = columns.map((column) => Math.max(column.minWidth, chosen[column.id] ?? column.width));
  const spare = available - base.reduce((sum, width) => sum + width, 0);
  if (spare >= 0) {
    const shares = columns.map((column) => (chosen[column.id] === undefined ? (column.grow ?? 0) : 0));
    return distribute(base, shares, spare);
  }
  // Too narrow: growing columns give up what they have above their minimum, before anything scrolls.
  const slack = columns.map((column, index) =>
    column.grow && chosen[column.id] === undefined ? (base[index] ?? 0) - column.minWidth : 0,
  );
  const give = Math.min(
    -spare,
    slack.reduce((sum, width) => sum + width, 0),
  );
  return distribute(base, slack, -give);
}

function distribute(base: number[], shares: number[], amount: number): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return base;
  const result = base.map((width, index) => Math.floor(width + (amount * (shares[index] ?? 0)) / total));
  // Rounding leaves a few pixels: the first column that takes part gets them.
  const first = shares.findIndex((share) => share > 0);
  const wanted = base.reduce((sum, width) => sum + width, 0) + amount;
  const missing = Math.round(wanted - result.reduce((sum, width) => sum + width, 0));
  return result.map((width, index) => (index === first ? width + missing : width));
}
