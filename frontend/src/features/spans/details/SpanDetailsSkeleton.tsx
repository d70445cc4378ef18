import { spanText } from "../../../text/span";
import { Loading, Skeleton } from "../../../ui/Skeleton";

export function SpanDetailsSkeleton() {
  return (
    <Loading label={spanText.loading}>
      <div className="flex h-[66px] shrink-0 flex-col gap-3 px-4 pt-3.5">
        <Skeleton className="w-1/2" />
        <Skeleton className="h-2.5 w-2/3" />
      </div>
      <div className="h-9 shrink-0 border-b border-line" />
      <div className="flex flex-col gap-3 p-4">
        <Skeleton className="w-16" />
        {["w-full", "w-11/12", "w-4/5", "w-full", "w-2/3"].map((width, index) => (
          <Skeleton key={index} className={`h-2.5 ${width}`} />
        ))}
      </div>
    </Loading>
  );
}
