import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { RowHeightToggle } from "../../ui/table/RowHeightToggle";
import { selectsRootsOnly } from "../filter/model/roots";
import { useProjectFilter } from "../filter/useProjectFilter";
import { useAnnotationNames } from "../projects/annotations/useAnnotationNames";
import { useProject } from "../projects/ProjectContext";
import { ProjectToolbar } from "../projects/ProjectToolbar";
import { RowsError } from "../projects/RowsError";
import { RowSequence, RowSequenceProvider } from "../traces/rowSequence";
import { spanColumns } from "./spanColumns";
import { PeekToggle, WithPeek } from "./Peek";
import { SPAN_ORDER, isSpanSort } from "./spanPages";
import { SpansTable, SpansTableSkeleton } from "./SpansTable";

export function SpansTab() {
  const { id, fetchKey, refresh } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [condition] = useProjectFilter("span");
  const [sort, setSort] = useSort(isSpanSort, SPAN_ORDER);
  const [active, setActive] = useState<string | null>(null);
  const annotationNames = useAnnotationNames(id, "span");
  const columns = spanColumns({ isRoots: selectsRootsOnly(condition), annotationNames });
  const storageKey = `phoenix-tracing-${id}-spans`;
  return (
    <RowSequenceProvider value={sequence}>
      <ProjectToolbar
        grain="span"
        annotationNames={annotationNames}
        tools={
          <>
            <ColumnsMenu storageKey={storageKey} columns={columns} />
            <PeekToggle />
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
            fallback={<SpansTableSkeleton storageKey={storageKey} columns={columns} sort={sort} onSort={setSort} />}
          >
            <WithPeek span={active}>
              <SpansTable
                storageKey={storageKey}
                sequence={sequence}
                columns={columns}
                condition={condition}
                sort={sort}
                onSort={setSort}
                onActive={(row) => setActive(row.id)}
              />
            </WithPeek>
          </Suspense>
        </ErrorBoundary>
      </div>
      <Outlet />
    </RowSequenceProvider>
  );
}
