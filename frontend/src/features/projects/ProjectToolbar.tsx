import { Suspense, type ReactNode } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { withoutSelection, withSearch } from "../../lib/urlState";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { tabLinkClass, TabLinks } from "../../ui/Tabs";
import { useProject } from "./ProjectContext";
import { ProjectStats } from "./ProjectStats";

const tabs = [
  { path: "spans", title: "Spans" },
  { path: "traces", title: "Traces" },
  { path: "sessions", title: "Sessions" },
];

/** Tabs at the left, what the window holds in the middle, the table's tools at the right. */
export function ProjectToolbar({ tools }: { tools: ReactNode }) {
  const { id, fetchKey } = useProject();
  const [params] = useSearchParams();
  // By place, not by comparing addresses: ids may or may not be percent-encoded in them.
  const current = useLocation().pathname.split("/")[3];
  const kept = withoutSelection(params);
  kept.delete("sort");
  return (
    <div className="flex h-9 shrink-0 items-stretch border-b border-line pr-3 pl-1.5">
      <TabLinks label="Project">
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
      <div className="ml-4 flex shrink-0 items-center gap-0.5 max-stack:ml-auto">{tools}</div>
    </div>
  );
}
