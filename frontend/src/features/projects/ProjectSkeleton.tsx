import { projectText } from "../../text/project";
import { Loading, Skeleton } from "../../ui/Skeleton";

/** The frame of a project page before anything about the project is known. */
export function ProjectSkeleton() {
  return (
    <Loading label={projectText.loading}>
      <div className="flex h-9 shrink-0 items-center gap-4 border-b border-line px-4">
        <Skeleton className="w-12" />
        <Skeleton className="w-12" />
      </div>
      <div className="flex h-10 shrink-0 items-center border-b border-line px-3">
        <Skeleton className="h-7 w-full" />
      </div>
    </Loading>
  );
}
