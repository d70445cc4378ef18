import { expect, it } from "vitest";
import type { Column } from "./columns";
import { toCsv, toJsonLines } from "./copyRows";

type Row = { name: string; tokens: number | null };

const columns: Column<Row>[] = [
  { id: "name", title: "Name", width: 1, minWidth: 1, cell: () => null, text: (row) => row.name },
  { id: "tokens", title: "Tokens", width: 1, minWidth: 1, cell: () => null, text: (row) => row.tokens },
  { id: "picture", title: "Picture", width: 1, minWidth: 1, cell: () => null },
];
const rows: Row[] = [
  { name: 'say "hi", twice\nplease', tokens: 12 },
  { name: "=HYPERLINK(1)", tokens: null },
];

it("copies the values of the columns that have one, an object a line", () => {
  expect(toJsonLines(columns, rows).split("\n")).toEqual([
    '{"name":"say \\"hi\\", twice\\nplease","tokens":12}',
    '{"name":"=HYPERLINK(1)","tokens":null}',
  ]);
});

it("copies a table that spreadsheets take and do not run", () => {
  expect(toCsv(columns, rows)).toBe(`Name,Tokens\r\n"say ""hi"", twice\nplease",12\r\n'=HYPERLINK(1),`);
});
