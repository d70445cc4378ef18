import { Suspense, useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { RowHeightToggle } from "../../ui/table/RowHeightToggle";
import { useProject } from "../projects/ProjectContext";
import { ProjectToolbar } from "../projects/ProjectToolbar";
import { RowSequence, RowSequenceProvider } from "../traces/rowSequence";
import { spanColumns } from "./spanColumns";
import { PeekToggle, WithPeek } from "./Peek";
import { SpansTable, SpansTableSkeleton } from "./SpansTable";

export function SpansTab() {
  const { id, fetchKey, refresh } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [sort, setSort] = useSort(["startTime", "latencyMs", "tokenCountTotal", "tokenCostTotal"], {
    column: "startTime",
    direction: "desc",
  });
  const [active, setActive] = useState<string | null>(null);
  const storageKey = `phoenix-tracing-${id}-spans`;
  return (
    <RowSequenceProvider value={sequence}>
      <ProjectToolbar
        tools={
          <>
            <ColumnsMenu storageKey={storageKey} columns={spanColumns} />
            <PeekToggle />
            <RowHeightToggle />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col">
        <ErrorBoundary resetKey={fetchKey} onRetry={refresh}>
          <Suspense fallback={<SpansTableSkeleton storageKey={storageKey} />}>
            <WithPeek span={active}>
              <SpansTable
                storageKey={storageKey}
                sequence={sequence}
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
