import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { RowHeightToggle } from "../../ui/table/RowHeightToggle";
import { useProject } from "../projects/ProjectContext";
import { ProjectToolbar } from "../projects/ProjectToolbar";
import { sessionColumns } from "./sessionColumns";
import { SESSION_SORTS, SessionsTable, SessionsTableSkeleton } from "./SessionsTable";

export function SessionsTab() {
  const { id, fetchKey, refresh } = useProject();
  const [rows, setRows] = useState<readonly string[]>([]);
  const [sort, setSort] = useSort(SESSION_SORTS, { column: "endTime", direction: "desc" });
  const storageKey = `phoenix-tracing-${id}-sessions`;
  return (
    <>
      <ProjectToolbar
        tools={
          <>
            <ColumnsMenu storageKey={storageKey} columns={sessionColumns} />
            <RowHeightToggle />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col">
        <ErrorBoundary resetKey={fetchKey} onRetry={refresh}>
          <Suspense fallback={<SessionsTableSkeleton storageKey={storageKey} />}>
            <SessionsTable storageKey={storageKey} sort={sort} onSort={setSort} onRows={setRows} />
          </Suspense>
        </ErrorBoundary>
      </div>
      <Outlet context={rows} />
    </>
  );
}
