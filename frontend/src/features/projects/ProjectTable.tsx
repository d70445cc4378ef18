import { Link, useNavigate, useSearchParams } from "react-router";
import { usePreference } from "../../lib/preferences";
import { timeSearch } from "../../lib/urlState";
import { When } from "../../ui/Figures";
import type { Column } from "../../ui/table/columns";
import { DataTable } from "../../ui/table/DataTable";
import { ProjectDot } from "./ProjectDot";
import type { ListedProject } from "./ProjectList";
import { ProjectMetric } from "./ProjectMetrics";

const ROW = 36;

export const projectColumns: Column<ListedProject>[] = [
  {
    id: "name",
    title: "Name",
    width: 280,
    minWidth: 160,
    grow: 1,
    pin: "start",
    canHide: false,
    canSort: true,
    cell: (project) => <ProjectName project={project} />,
  },
  {
    id: "traceCount",
    title: "Traces",
    width: 120,
    minWidth: 80,
    align: "end",
    cell: ({ id }) => <ProjectMetric projectId={id} name="traceCount" />,
  },
  {
    id: "sessionCount",
    title: "Sessions",
    width: 120,
    minWidth: 80,
    align: "end",
    cell: ({ id }) => <ProjectMetric projectId={id} name="sessionCount" />,
  },
  {
    id: "latency",
    title: "Latency P50",
    width: 120,
    minWidth: 90,
    align: "end",
    cell: ({ id }) => <ProjectMetric projectId={id} name="latencyMsQuantile" />,
  },
  {
    id: "cost",
    title: "Cost",
    width: 100,
    minWidth: 80,
    align: "end",
    cell: ({ id }) => <ProjectMetric projectId={id} name="cost" />,
  },
  {
    id: "endTime",
    title: "Last updated",
    width: 160,
    minWidth: 110,
    align: "end",
    canSort: true,
    cell: ({ endTime }) => (endTime ? <When time={endTime} /> : <span className="text-ink-3">No traces</span>),
  },
];

export function ProjectTable({
  projects,
  onLoadMore,
}: {
  projects: readonly ListedProject[];
  onLoadMore: (() => void) | null;
}) {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [sort, setSort] = usePreference("projectsSort");
  return (
    <DataTable
      label="Projects"
      storageKey="phoenix-projects-table"
      columns={projectColumns}
      rows={projects}
      rowKey={(project) => project.id}
      rowHeight={ROW}
      sort={sort}
      onSort={({ column, direction }) => {
        if (column === "name" || column === "endTime") setSort({ column, direction });
      }}
      onOpen={(project) => void navigate(`/projects/${encodeURIComponent(project.id)}${timeSearch(params)}`)}
      onLoadMore={onLoadMore}
      compact={(project) => (
        <div className="flex h-full items-center justify-between gap-3 px-3">
          <ProjectName project={project} />
          <span className="text-ink-3">
            <When time={project.endTime} />
          </span>
        </div>
      )}
      empty={null}
    />
  );
}

function ProjectName({ project }: { project: ListedProject }) {
  const [params] = useSearchParams();
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <ProjectDot project={project} size={16} />
      <Link
        to={`/projects/${encodeURIComponent(project.id)}${timeSearch(params)}`}
        tabIndex={-1}
        title={project.name}
        className="truncate text-body font-medium hover:underline"
      >
        {project.name}
      </Link>
    </span>
  );
}
