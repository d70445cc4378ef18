import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  title: string;
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
};

export type ColumnPreferences = {
  visibility: Record<string, boolean>;
  widths: Record<string, number>;
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

/** Start-pinned columns first, end-pinned last, spare space to those that grow; nobody below their minimum. */
export function layoutColumns<Row>(
  all: Column<Row>[],
  preferences: ColumnPreferences,
  available: number,
): ColumnLayout<Row> {
  const shown = all.filter((column) => isColumnShown(column, preferences));
  const ordered = [
    ...shown.filter(({ pin }) => pin === "start"),
    ...shown.filter(({ pin }) => !pin),
    ...shown.filter(({ pin }) => pin === "end"),
  ];
  const widths = placeWidths(ordered, preferences, available);
  const totalWidth = widths.reduce((sum, width) => sum + width, 0);

  let left = 0;
  let right = totalWidth;
  const columns = ordered.map((column, index): PlacedColumn<Row> => {
    const placedWidth = widths[index] ?? column.width;
    right -= placedWidth;
    const stick = column.pin === "start" ? { left } : column.pin === "end" ? { right } : null;
    if (column.pin === "start") left += placedWidth;
    return { ...column, placedWidth, stick };
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
