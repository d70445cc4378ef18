import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { RowHeightToggle } from "../../ui/table/RowHeightToggle";
import { useProjectFilter } from "../filter/useProjectFilter";
import { useAnnotationNames } from "../projects/annotations/useAnnotationNames";
import { useProject } from "../projects/ProjectContext";
import { ProjectToolbar } from "../projects/ProjectToolbar";
import { RowsError } from "../projects/RowsError";
import { sessionColumns } from "./sessionColumns";
import { SESSION_ORDER, isSessionSort } from "./sessionPages";
import { SessionsTable, SessionsTableSkeleton } from "./SessionsTable";

export function SessionsTab() {
  const { id, fetchKey, refresh } = useProject();
  const [rows, setRows] = useState<readonly string[]>([]);
  const [condition] = useProjectFilter("session");
  const [sort, setSort] = useSort(isSessionSort, SESSION_ORDER);
  const annotationNames = useAnnotationNames(id, "session");
  const columns = sessionColumns({ annotationNames });
  const storageKey = `phoenix-tracing-${id}-sessions`;
  return (
    <>
      <ProjectToolbar
        grain="session"
        annotationNames={annotationNames}
        tools={
          <>
            <ColumnsMenu storageKey={storageKey} columns={columns} />
            <RowHeightToggle />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col">
        <ErrorBoundary
          resetKey={`${fetchKey} ${condition}`}
          onRetry={refresh}
          fallback={(error, retry) => <RowsError error={error} onRetry={retry} />}
        >
          <Suspense
            fallback={<SessionsTableSkeleton storageKey={storageKey} columns={columns} sort={sort} onSort={setSort} />}
          >
            <SessionsTable
              storageKey={storageKey}
              columns={columns}
              condition={condition}
              sort={sort}
              onSort={setSort}
              onRows={setRows}
            />
          </Suspense>
        </ErrorBoundary>
      </div>
      <Outlet context={rows} />
    </>
  );
}
