import { startTransition, Suspense, useEffect, useState } from "react";
import { useLazyLoadQuery } from "react-relay/hooks";
import { Outlet, useParams } from "react-router";
import type { projectHeadQuery } from "../../__generated__/projectHeadQuery.graphql";
import { NotFound } from "../../app/NotFoundPage";
import { PageHead } from "../../app/shell/PageHead";
import { ApiError } from "../../lib/apiError";
import { useFetchPolicy } from "../../lib/askAhead";
import { usePreference } from "../../lib/preferences";
import { remember } from "../../lib/recent";
import { useShortcuts } from "../../lib/shortcuts";
import { queryRange } from "../../lib/timeRange";
import { useTimeRange } from "../../lib/urlState";
import { projectText } from "../../text/project";
import { projectsText } from "../../text/projects";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { ErrorState } from "../../ui/ErrorState";
import { TimeRangePicker } from "../../ui/time/TimeRangePicker";
import { TimeRangeStrip } from "../../ui/time/TimeRangeStrip";
import { FirstTrace } from "./FirstTrace";
import { ProjectProvider } from "./ProjectContext";
import { projectHead } from "./projectHead";
import { ProjectSkeleton } from "./ProjectSkeleton";
import { useProjectPolling } from "./useProjectPolling";

export function ProjectPage() {
  const { projectId = "" } = useParams();
  const [attempt, setAttempt] = useState(0);
  return (
    <ErrorBoundary
      resetKey={`${projectId} ${attempt}`}
      onRetry={() => setAttempt((count) => count + 1)}
      fallback={(error, retry) =>
        error instanceof ApiError && error.kind === "not-found" ? (
          <ProjectNotFound id={projectId} />
        ) : (
          <ErrorState error={error} onRetry={retry} />
        )
      }
    >
      <Suspense fallback={<ProjectSkeleton />}>
        <Project key={projectId} id={projectId} attempt={attempt} />
      </Suspense>
    </ErrorBoundary>
  );
}

function ProjectNotFound({ id }: { id: string }) {
  return (
    <NotFound title={projectText.notFound}>
      {projectText.notFoundBefore} <code className="text-code break-all">{id}</code>. {projectText.notFoundAfter}
    </NotFound>
  );
}

function Project({ id, attempt }: { id: string; attempt: number }) {
  const fetchPolicy = useFetchPolicy(projectHead, { id }, attempt);
  const { node } = useLazyLoadQuery<projectHeadQuery>(projectHead, { id }, { fetchPolicy, fetchKey: attempt });
  const [range, setRange] = useTimeRange();
  const [isRangeOpen, setRangeOpen] = useState(false);
  const [isLive, setLive] = usePreference("live");
  const version = (node.__typename === "Project" && node.streamingLastUpdatedAt) || "";
  const [fetch, setFetch] = useState(() => ({ anchor: new Date(), key: 0, version }));

  const hasTraces = node.__typename === "Project" && node.hasTraces;
  useProjectPolling(id, isLive || !hasTraces);
  useShortcuts([
    { keys: "t", label: projectText.timeRange, group: projectText.group, run: () => setRangeOpen(true) },
    {
      keys: "l",
      label: isLive ? projectText.stopLive : projectText.resumeLive,
      group: projectText.group,
      run: () => setLive(!isLive),
    },
  ]);

  const visited = node.__typename === "Project" ? node.name : undefined;
  useEffect(() => {
    if (visited) remember({ id, kind: "project", name: visited, path: `/projects/${encodeURIComponent(id)}` });
  }, [id, visited]);

  if (node.__typename !== "Project") return <ProjectNotFound id={id} />;

  const refresh = () => startTransition(() => setFetch((last) => ({ anchor: new Date(), key: last.key + 1, version })));
  const changeRange = (next: typeof range) => {
    setRange(next);
    refresh();
  };
  const name = node.name ?? "";
  const live = {
    isOn: isLive,
    toggle: () => setLive(!isLive),
    isStale: isLive && version !== fetch.version,
    version,
  };

  return (
    <ProjectProvider
      value={{
        id,
        name,
        hasTraces,
        range,
        timeRange: queryRange(range, fetch.anchor),
        anchor: fetch.anchor,
        fetchKey: fetch.key,
        refresh,
        live,
      }}
    >
      <PageHead
        crumbs={[
          { title: projectsText.title, href: "/projects" },
          {
            title: name,
            copy: [
              { label: projectText.copyName, text: name },
              { label: projectText.copyId, text: id },
            ],
          },
        ]}
        actions={
          hasTraces && (
            <>
              <TimeRangeStrip value={range} onChange={changeRange} live={live} />
              <TimeRangePicker value={range} onChange={changeRange} isOpen={isRangeOpen} onOpenChange={setRangeOpen} />
            </>
          )
        }
      />
      {hasTraces ? <Outlet /> : <FirstTrace projectName={name} />}
    </ProjectProvider>
  );
}
