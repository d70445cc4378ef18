import type { Preferences } from "../../lib/preferences";
import { projectsText } from "../../text/projects";
import { Loading, Skeleton } from "../../ui/Skeleton";
import { DataTable } from "../../ui/table/DataTable";
import { projectColumns } from "./ProjectTable";

export function ProjectListSkeleton({ view }: { view: Preferences["projectsView"] }) {
  if (view === "table") {
    return (
      <DataTable
        label={projectsText.title}
        storageKey="phoenix-projects-table"
        columns={projectColumns(() => {})}
        rows={null}
        rowKey={(project) => project.id}
        rowHeight={36}
        onOpen={() => {}}
        compact={() => null}
        empty={null}
      />
    );
  }
  return (
    <Loading label={projectsText.loading}>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(304px,1fr))] gap-3 p-4">
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} className="flex h-[155px] flex-col gap-3 rounded-surface border border-line p-3">
            <div className="flex items-center gap-2.5">
              <span className="skeleton size-7 rounded-pill" />
              <div className="flex grow flex-col gap-1.5">
                <Skeleton className="w-3/5" />
                <Skeleton className="h-2.5 w-2/5" />
              </div>
            </div>
            <Skeleton className="h-7 w-full" />
            <Skeleton className="mt-1 w-4/5" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
