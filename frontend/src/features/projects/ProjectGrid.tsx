import { Link, useSearchParams } from "react-router";
import { timeSearch } from "../../lib/urlState";
import { useWhenSeen } from "../../lib/useWhenSeen";
import { projectsText } from "../../text/projects";
import { Button } from "../../ui/Button";
import { When } from "../../ui/Figures";
import type { ListedProject } from "./ProjectList";
import { ProjectDot } from "./ProjectDot";
import { ProjectMenu } from "./ProjectMenu";
import { ProjectMetric, type MetricName } from "./ProjectMetrics";

const { columns } = projectsText;

const metrics: { name: MetricName; title: string; hint?: string }[] = [
  { name: "traceCount", title: columns.traces },
  { name: "sessionCount", title: columns.sessions },
  { name: "errors", title: columns.errors, hint: projectsText.errorsHint },
  { name: "latencyMsQuantile", title: columns.latency },
  { name: "cost", title: columns.cost },
];

export function ProjectGrid({
  projects,
  onLoadMore,
  onChanged,
}: {
  projects: readonly ListedProject[];
  onLoadMore: (() => void) | null;
  onChanged: () => void;
}) {
  const whenSeen = useWhenSeen(onLoadMore);
  return (
    <div className="min-h-0 grow overflow-auto p-4">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(304px,1fr))] gap-3">
        {projects.map((project) => (
          <li key={project.id} className="relative">
            <ProjectCard project={project} />
            <span className="absolute top-3 right-2">
              <ProjectMenu project={project} onChanged={onChanged} />
            </span>
          </li>
        ))}
      </ul>
      {onLoadMore && (
        <div ref={whenSeen} className="flex justify-center pt-4">
          <Button onPress={onLoadMore}>{projectsText.loadMore}</Button>
        </div>
      )}
    </div>
  );
}

function ProjectCard({ project }: { project: ListedProject }) {
  const [params] = useSearchParams();
  return (
    <Link
      to={`/projects/${encodeURIComponent(project.id)}/spans${timeSearch(params)}`}
      className="flex cursor-default flex-col gap-3 rounded-surface border border-line bg-surface p-3 hover:border-line-strong hover:bg-hover"
    >
      <span className="flex items-center gap-2.5 pr-7">
        <ProjectDot project={project} />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium" title={project.name}>
            {project.name}
          </span>
          <span className="text-meta text-ink-3">
            {project.endTime ? (
              <>
                {projectsText.updated} <When time={project.endTime} />
              </>
            ) : (
              projectsText.noTraces
            )}
          </span>
        </span>
      </span>
      <ProjectMetric projectId={project.id} projectName={project.name} name="trend" />
      <dl className="flex justify-between gap-2 text-meta">
        {metrics.map(({ name, title, hint }) => (
          <div key={name} title={hint}>
            <dt className="text-label whitespace-nowrap text-ink-3">{title}</dt>
            <dd>
              <ProjectMetric projectId={project.id} projectName={project.name} name={name} />
            </dd>
          </div>
        ))}
      </dl>
    </Link>
  );
}
