import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { RowHeightToggle } from "../../ui/table/RowHeightToggle";
import { useProject } from "../projects/ProjectContext";
import { ProjectToolbar } from "../projects/ProjectToolbar";
import { RowSequence, RowSequenceProvider } from "./rowSequence";
import { traceColumns } from "./traceColumns";
import { TracesTable, TracesTableSkeleton } from "./TracesTable";

export function TracesTab() {
  const { id, fetchKey, refresh } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [sort, setSort] = useSort(["startTime", "latencyMs"], { column: "startTime", direction: "desc" });
  const storageKey = `phoenix-tracing-${id}-traces`;
  return (
    <RowSequenceProvider value={sequence}>
      <ProjectToolbar
        tools={
          <>
            <ColumnsMenu storageKey={storageKey} columns={traceColumns} />
            <RowHeightToggle />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col">
        <ErrorBoundary resetKey={fetchKey} onRetry={refresh}>
          <Suspense fallback={<TracesTableSkeleton storageKey={storageKey} />}>
            <TracesTable storageKey={storageKey} sequence={sequence} sort={sort} onSort={setSort} />
          </Suspense>
        </ErrorBoundary>
      </div>
      <Outlet />
    </RowSequenceProvider>
  );
}
