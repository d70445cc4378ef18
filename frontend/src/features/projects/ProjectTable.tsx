import { Link, useNavigate, useSearchParams } from "react-router";
import { usePreference } from "../../lib/preferences";
import { timeSearch } from "../../lib/urlState";
import { When } from "../../ui/Figures";
import type { Column } from "../../ui/table/columns";
import { DataTable } from "../../ui/table/DataTable";
import { projectsText } from "../../text/projects";
import { ProjectDot } from "./ProjectDot";
import type { ListedProject } from "./ProjectList";
import { ProjectMenu } from "./ProjectMenu";
import { ProjectMetric } from "./ProjectMetrics";

const ROW = 36;

const { columns } = projectsText;

const plainColumns: Column<ListedProject>[] = [
  {
    id: "name",
    title: columns.name,
    width: 280,
    minWidth: 160,
    grow: 1,
    pin: "start",
    canHide: false,
    canSort: true,
    cell: (project) => <ProjectName project={project} />,
  },
  {
    id: "trend",
    title: columns.trend,
    width: 160,
    minWidth: 90,
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="trend" />,
  },
  {
    id: "traceCount",
    title: columns.traces,
    width: 120,
    minWidth: 80,
    align: "end",
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="traceCount" />,
  },
  {
    id: "sessionCount",
    title: columns.sessions,
    width: 120,
    minWidth: 80,
    align: "end",
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="sessionCount" />,
  },
  {
    id: "errors",
    title: columns.errors,
    hint: projectsText.errorsHint,
    width: 90,
    minWidth: 70,
    align: "end",
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="errors" />,
  },
  {
    id: "latency",
    title: columns.latency,
    width: 120,
    minWidth: 90,
    align: "end",
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="latencyMsQuantile" />,
  },
  {
    id: "cost",
    title: columns.cost,
    width: 100,
    minWidth: 80,
    align: "end",
    cell: ({ id, name }) => <ProjectMetric projectId={id} projectName={name} name="cost" />,
  },
  {
    id: "endTime",
    title: columns.updated,
    width: 160,
    minWidth: 110,
    align: "end",
    canSort: true,
    cell: ({ endTime }) =>
      endTime ? <When time={endTime} /> : <span className="text-ink-3">{projectsText.noTraces}</span>,
  },
];

export function projectColumns(onChanged: () => void): Column<ListedProject>[] {
  return [
    ...plainColumns,
    {
      id: "actions",
      title: columns.actions,
      head: <span className="sr-only">{columns.actions}</span>,
      width: 40,
      minWidth: 40,
      align: "end",
      pin: "end",
      canHide: false,
      cell: (project) => <ProjectMenu project={project} onChanged={onChanged} />,
    },
  ];
}

export function ProjectTable({
  projects,
  onLoadMore,
  onChanged,
}: {
  projects: readonly ListedProject[];
  onLoadMore: (() => void) | null;
  onChanged: () => void;
}) {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [sort, setSort] = usePreference("projectsSort");
  return (
    <DataTable
      label={projectsText.title}
      storageKey="phoenix-projects-table"
      columns={projectColumns(onChanged)}
      rows={projects}
      rowKey={(project) => project.id}
      rowHeight={ROW}
      sort={sort}
      onSort={({ column, direction }) => {
        if (column === "name" || column === "endTime") setSort({ column, direction });
      }}
      onOpen={(project) => void navigate(`/projects/${encodeURIComponent(project.id)}/spans${timeSearch(params)}`)}
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
        to={`/projects/${encodeURIComponent(project.id)}/spans${timeSearch(params)}`}
        tabIndex={-1}
        title={project.name}
        className="truncate text-body font-medium hover:underline"
      >
        {project.name}
      </Link>
    </span>
  );
}
