import { useState, type RefObject } from "react";
import type { Column } from "../../ui/table/columns";
import type { TableHandle } from "../../ui/table/DataTable";
import { SelectionBar } from "../../ui/table/SelectionBar";
import { BulkAnnotate } from "../annotations/BulkAnnotate";
import type { Grain } from "../filter/model/vocabulary";
import { useProject } from "./ProjectContext";
import { TraceActions, type Origin } from "./TraceActions";

type Identified = { readonly id: string };

export type Picked<Row> = {
  /** For the table. */
  selection: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void };
  /** In the order of the table. */
  rows: readonly Row[];
};

/** The rows that a person picked to do something with. */
export function usePicked<Row extends Identified>(rows: readonly Row[]): Picked<Row> {
  const [keys, onChange] = useState<ReadonlySet<string>>(new Set());
  return { selection: { keys, onChange }, rows: rows.filter((row) => keys.has(row.id)) };
}

export function PickedRowsBar<Row extends Identified>({
  picked,
  columns,
  grain,
  originOf,
  table,
}: {
  picked: Picked<Row>;
  columns: Column<Row>[];
  grain: Grain;
  /** Where rows belong to one trace each. */
  originOf?: (row: Row) => Origin;
  /** Has the keyboard's attention again once nothing is picked. */
  table: RefObject<TableHandle | null>;
}) {
  const { id, refresh } = useProject();
  const clear = () => {
    picked.selection.onChange(new Set());
    table.current?.focus();
  };
  if (picked.rows.length === 0) return null;
  return (
    <SelectionBar
      columns={columns}
      rows={picked.rows}
      actions={
        <>
          <BulkAnnotate projectId={id} target={grain} ids={picked.rows.map((row) => row.id)} />
          {originOf && (
            <TraceActions
              rows={picked.rows.map((row) => originOf(row))}
              onDone={() => {
                clear();
                refresh();
              }}
            />
          )}
        </>
      }
      onClear={clear}
    />
  );
}
