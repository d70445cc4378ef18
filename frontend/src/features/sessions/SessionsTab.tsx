import { useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { sessionsText } from "../../text/sessions";
import { useProjectFilter } from "../filter/useProjectFilter";
import { useAnnotationNames } from "../projects/annotations/useAnnotationNames";
import type { Peeked } from "../projects/Peek";
import { useProject } from "../projects/ProjectContext";
import { RowsTab, type RowsLayout } from "../projects/RowsTab";
import { sessionColumns } from "./sessionColumns";
import { SESSION_ORDER, isSessionSort, type SessionRow } from "./sessionPages";
import { SessionsTable } from "./SessionsTable";

export function SessionsTab() {
  const { id } = useProject();
  const [rows, setRows] = useState<readonly string[]>([]);
  const [condition] = useProjectFilter("session");
  const [sort, setSort] = useSort(isSessionSort, SESSION_ORDER);
  const [peeked, peek] = useState<Peeked | null>(null);
  const annotationNames = useAnnotationNames(id, "session");
  const layout: RowsLayout<SessionRow> = {
    grain: "session",
    label: sessionsText.title,
    storageKey: `phoenix-tracing-${id}-sessions`,
    columns: sessionColumns({ annotationNames }),
    sort,
    onSort: setSort,
  };
  return (
    <>
      <RowsTab layout={layout} annotationNames={annotationNames} peeked={peeked}>
        <SessionsTable
          layout={layout}
          condition={condition}
          sort={sort}
          onActive={(row) => peek({ kind: "session", id: row.id })}
          onRows={setRows}
        />
      </RowsTab>
      <Outlet context={rows} />
    </>
  );
}
