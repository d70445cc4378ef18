import { Link, useSearchParams } from "react-router";
import { timeSearch } from "../../lib/urlState";
import { Button } from "../../ui/Button";
import { When } from "../../ui/Figures";
import type { ListedProject } from "./ProjectList";
import { ProjectDot } from "./ProjectDot";
import { ProjectMetric } from "./ProjectMetrics";

export function ProjectGrid({
  projects,
  onLoadMore,
}: {
  projects: readonly ListedProject[];
  onLoadMore: (() => void) | null;
}) {
  return (
    <div className="min-h-0 grow overflow-auto p-4">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(264px,1fr))] gap-3">
        {projects.map((project) => (
          <li key={project.id}>
            <ProjectCard project={project} />
          </li>
        ))}
      </ul>
      {onLoadMore && (
        <div className="flex justify-center pt-4">
          <Button onPress={onLoadMore}>Load more</Button>
        </div>
      )}
    </div>
  );
}

function ProjectCard({ project }: { project: ListedProject }) {
  const [params] = useSearchParams();
  return (
    <Link
      to={`/projects/${encodeURIComponent(project.id)}${timeSearch(params)}`}
      className="flex cursor-default flex-col gap-3 rounded-surface border border-line bg-surface p-3 hover:border-line-strong hover:bg-hover"
    >
      <span className="flex items-center gap-2.5">
        <ProjectDot project={project} />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium" title={project.name}>
            {project.name}
          </span>
          <span className="text-meta text-ink-3">
            {project.endTime ? (
              <>
                Updated <When time={project.endTime} />
              </>
            ) : (
              "No traces"
            )}
          </span>
        </span>
      </span>
      <dl className="grid grid-cols-4 gap-2 text-meta">
        <div>
          <dt className="text-label text-ink-3">Traces</dt>
          <dd>
            <ProjectMetric projectId={project.id} name="traceCount" />
          </dd>
        </div>
        <div>
          <dt className="text-label text-ink-3">Sessions</dt>
          <dd>
            <ProjectMetric projectId={project.id} name="sessionCount" />
          </dd>
        </div>
        <div>
          <dt className="text-label text-ink-3">Latency P50</dt>
          <dd>
            <ProjectMetric projectId={project.id} name="latencyMsQuantile" />
          </dd>
        </div>
        <div>
          <dt className="text-label text-ink-3">Cost</dt>
          <dd>
            <ProjectMetric projectId={project.id} name="cost" />
          </dd>
        </div>
      </dl>
    </Link>
  );
}
