import type { Column } from "./columns";

type Value = string | number | null;

/** Values of the columns that have one, by the column's id. */
function values<Row>(columns: Column<Row>[], row: Row): [string, Value][] {
  return columns.flatMap(({ id, text }): [string, Value][] => (text ? [[id, text(row) ?? null]] : []));
}

/** One object a line. */
export function toJsonLines<Row>(columns: Column<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => JSON.stringify(Object.fromEntries(values(columns, row)))).join("\n");
}

/** RFC 4180; what a spreadsheet would run as a formula stays a text. */
export function toCsv<Row>(columns: Column<Row>[], rows: readonly Row[]): string {
  const head = columns.filter(({ text }) => text).map(({ title }) => title);
  return [head, ...rows.map((row) => values(columns, row).map(([, value]) => value))]
    .map((line) => line.map(csvField).join(","))
    .join("\r\n");
}

function csvField(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
