import { Loading, Skeleton } from "../../ui/Skeleton";

/** The frame of a project page before anything about the project is known. */
export function ProjectSkeleton() {
  return (
    <Loading label="Loading project">
      <div className="flex h-9 shrink-0 items-center gap-4 border-b border-line px-4">
        <Skeleton className="w-12" />
        <Skeleton className="w-12" />
      </div>
    </Loading>
  );
}
