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
import { RowSequence, RowSequenceProvider } from "./rowSequence";
import { traceColumns } from "./traceColumns";
import { TRACE_ORDER, isTraceSort } from "./tracePages";
import { TracesTable, TracesTableSkeleton } from "./TracesTable";

export function TracesTab() {
  const { id, fetchKey, refresh } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [condition] = useProjectFilter("trace");
  const [sort, setSort] = useSort(isTraceSort, TRACE_ORDER);
  const annotationNames = useAnnotationNames(id, "trace");
  const columns = traceColumns({ annotationNames });
  const storageKey = `phoenix-tracing-${id}-traces`;
  return (
    <RowSequenceProvider value={sequence}>
      <ProjectToolbar
        grain="trace"
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
            fallback={<TracesTableSkeleton storageKey={storageKey} columns={columns} sort={sort} onSort={setSort} />}
          >
            <TracesTable
              storageKey={storageKey}
              sequence={sequence}
              columns={columns}
              condition={condition}
              sort={sort}
              onSort={setSort}
            />
          </Suspense>
        </ErrorBoundary>
      </div>
      <Outlet />
    </RowSequenceProvider>
  );
}
