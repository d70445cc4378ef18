import { LayoutGrid, Plus, Rows3 } from "lucide-react";
import { Suspense, useDeferredValue, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { PageHead } from "../../app/shell/PageHead";
import { useNow } from "../../lib/clock";
import { lazily } from "../../lib/code";
import { usePreference } from "../../lib/preferences";
import { useShortcuts } from "../../lib/shortcuts";
import { queryRange } from "../../lib/timeRange";
import { useTimeRange } from "../../lib/urlState";
import { useDebounced } from "../../lib/useDebounced";
import { useInterval } from "../../lib/useInterval";
import { usePermissions } from "../../lib/viewer";
import { projectsText } from "../../text/projects";
import { Button } from "../../ui/Button";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Opening } from "../../ui/Opening";
import { SearchField } from "../../ui/SearchField";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { TimeRangePicker } from "../../ui/time/TimeRangePicker";
import { ProjectList } from "./ProjectList";
import { ProjectListSkeleton } from "./ProjectListSkeleton";
import { SortMenu } from "./SortMenu";

const NewProject = lazily(async () => (await import("./NewProject")).NewProject);

const REFRESH_MS = 60_000;
const SEARCH_MS = 200;

export function ProjectsPage() {
  const [params, setParams] = useSearchParams();
  const [range, setRange] = useTimeRange();
  const [isRangeOpen, setRangeOpen] = useState(false);
  const [view, setView] = usePreference("projectsView");
  const [sort] = usePreference("projectsSort");
  const [text, setText] = useState(params.get("q") ?? "");
  const [refresh, setRefresh] = useState(0);
  const searchInput = useRef<HTMLInputElement>(null);
  const now = useNow();
  const search = useDebounced(text.trim(), SEARCH_MS);

  const { canWrite } = usePermissions();
  const [isCreating, setCreating] = useState(false);

  const readAgain = () => setRefresh((count) => count + 1);
  useInterval(readAgain, REFRESH_MS);
  useShortcuts([
    { keys: "/", label: projectsText.searchKey, group: projectsText.group, run: () => searchInput.current?.focus() },
    { keys: "t", label: projectsText.timeRange, group: projectsText.group, run: () => setRangeOpen(true) },
    ...(canWrite
      ? [{ keys: "c", label: projectsText.create.key, group: projectsText.group, run: () => setCreating(true) }]
      : []),
  ]);

  // Deferred: what is on screen stays until the next answer is there.
  const question = useDeferredValue({ search, sort, timeRange: queryRange(range, now), refresh });

  return (
    <>
      <PageHead
        crumbs={[{ title: projectsText.title }]}
        actions={<TimeRangePicker value={range} onChange={setRange} isOpen={isRangeOpen} onOpenChange={setRangeOpen} />}
      />
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        <SearchField
          label={projectsText.search}
          placeholder={projectsText.searchShort}
          shortcut="/"
          value={text}
          onChange={(next) => {
            setText(next);
            setParams(
              (current) => {
                const updated = new URLSearchParams(current);
                if (next.trim()) updated.set("q", next.trim());
                else updated.delete("q");
                return updated;
              },
              { replace: true },
            );
          }}
          inputRef={searchInput}
          className="w-64 min-w-0 shrink"
        />
        <div className="grow" />
        <SortMenu />
        <SegmentedControl
          label={projectsText.view}
          value={view}
          onChange={setView}
          options={[
            { value: "grid", label: projectsText.grid, icon: <LayoutGrid size={14} /> },
            { value: "table", label: projectsText.table, icon: <Rows3 size={14} /> },
          ]}
        />
        {canWrite && (
          <Button look="primary" icon={<Plus size={14} aria-hidden />} onPress={() => setCreating(true)}>
            {projectsText.create.open}
          </Button>
        )}
      </div>
      {isCreating && (
        <Opening onClose={() => setCreating(false)}>
          <NewProject isOpen onClose={() => setCreating(false)} />
        </Opening>
      )}
      <ErrorBoundary resetKey={question.refresh} onRetry={readAgain}>
        <Suspense fallback={<ProjectListSkeleton view={view} />}>
          <ProjectList view={view} {...question} onChanged={readAgain} />
        </Suspense>
      </ErrorBoundary>
    </>
  );
}
