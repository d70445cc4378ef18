import { Suspense, type ReactNode } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { withoutSelection, withSearch } from "../../lib/urlState";
import { projectText } from "../../text/project";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { tabLinkClass, TabLinks } from "../../ui/Tabs";
import { FilterField } from "../filter/FilterField";
import type { Grain } from "../filter/model/vocabulary";
import { useProjectFilter } from "../filter/useProjectFilter";
import { AnnotatorMenu } from "./annotations/AnnotatorMenu";
import { MetricsStrip, MetricsToggle } from "./metrics/MetricsStrip";
import { useProject } from "./ProjectContext";
import { ProjectStats } from "./ProjectStats";

const tabs = [
  { path: "spans", title: projectText.tabs.spans },
  { path: "traces", title: projectText.tabs.traces },
  { path: "sessions", title: projectText.tabs.sessions },
];

/** Over a project's table: what the window holds, the charts if wanted, and the condition of the rows. */
export function ProjectToolbar({
  grain,
  annotationNames,
  tools,
}: {
  grain: Grain;
  annotationNames: readonly string[];
  tools: ReactNode;
}) {
  const { id, timeRange, fetchKey } = useProject();
  const [condition, setCondition] = useProjectFilter(grain);
  const [params] = useSearchParams();
  // By place, not by comparing addresses: ids may or may not be percent-encoded in them.
  const current = useLocation().pathname.split("/")[3];
  const kept = withoutSelection(params);
  kept.delete("sort");
  return (
    <>
      <div className="flex h-9 shrink-0 items-stretch border-b border-line pr-3 pl-1.5">
        <TabLinks label={projectText.tabs.label}>
          {tabs.map(({ path, title }) => (
            <Link
              key={path}
              to={withSearch(`/projects/${encodeURIComponent(id)}/${path}`, kept)}
              aria-current={path === current ? "page" : undefined}
              className={tabLinkClass(path === current)}
            >
              {title}
            </Link>
          ))}
        </TabLinks>
        <div className="ml-auto flex min-w-0 items-center gap-4 overflow-hidden pl-4 text-meta max-stack:hidden">
          <ErrorBoundary resetKey={fetchKey} fallback={() => null}>
            <Suspense fallback={<span className="skeleton h-3 w-80" />}>
              <ProjectStats />
            </Suspense>
          </ErrorBoundary>
        </div>
        <div className="ml-4 flex shrink-0 items-center max-stack:ml-auto">
          <MetricsToggle />
        </div>
      </div>
      <MetricsStrip grain={grain} />
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-3 pl-3">
        <FilterField
          key={`${id} ${grain}`}
          project={id}
          grain={grain}
          timeRange={timeRange}
          applied={condition}
          onApply={setCondition}
        />
        <div className="flex shrink-0 items-center gap-0.5">
          <AnnotatorMenu grain={grain} names={annotationNames} />
          {tools}
        </div>
      </div>
    </>
  );
}
