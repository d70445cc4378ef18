import { Suspense, type ReactNode } from "react";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import type { Column } from "../../ui/table/columns";
import { ColumnsMenu } from "../../ui/table/ColumnsMenu";
import { DataTable, NOTHING_PICKED } from "../../ui/table/DataTable";
import { RowHeightToggle, useRowHeight } from "../../ui/table/RowHeightToggle";
import type { Sort } from "../../ui/table/TableHeader";
import type { Grain } from "../filter/model/vocabulary";
import { useProjectFilter } from "../filter/useProjectFilter";
import { PeekToggle, WithPeek, type Peeked } from "./Peek";
import { useProject } from "./ProjectContext";
import { ProjectToolbar } from "./ProjectToolbar";
import { RowsError } from "./RowsError";

/** How the rows of a grain are laid out and ordered, also before they are there. */
export type RowsLayout<Row> = {
  grain: Grain;
  label: string;
  storageKey: string;
  columns: Column<Row>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
};

/** A tab of a project: its tools, and below them the table, which may fail or be read a row at a time. */
export function RowsTab<Row extends { readonly id: string }>({
  layout,
  annotationNames,
  peeked,
  children,
}: {
  layout: RowsLayout<Row>;
  annotationNames: readonly string[];
  peeked: Peeked | null;
  children: ReactNode;
}) {
  const { fetchKey, refresh } = useProject();
  const [condition] = useProjectFilter(layout.grain);
  return (
    <>
      <ProjectToolbar
        grain={layout.grain}
        annotationNames={annotationNames}
        tools={
          <>
            <ColumnsMenu storageKey={layout.storageKey} columns={layout.columns} />
            <PeekToggle />
            <RowHeightToggle />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col">
        <ErrorBoundary
          resetKey={`${fetchKey} ${condition}`}
          onRetry={refresh}
          fallback={(error, retry) => <RowsError error={error} onRetry={retry} />}
        >
          <Suspense fallback={<RowsSkeleton layout={layout} />}>
            <WithPeek row={peeked}>{children}</WithPeek>
          </Suspense>
        </ErrorBoundary>
      </div>
    </>
  );
}

/** Its header works already. */
function RowsSkeleton<Row extends { readonly id: string }>({ layout }: { layout: RowsLayout<Row> }) {
  const { height } = useRowHeight();
  const { label, storageKey, columns, sort, onSort } = layout;
  return (
    <DataTable
      label={label}
      storageKey={storageKey}
      columns={columns}
      rows={null}
      sort={sort}
      onSort={onSort}
      rowKey={(row) => row.id}
      rowHeight={height}
      onOpen={() => {}}
      selection={NOTHING_PICKED}
      compact={() => null}
      empty={null}
    />
  );
}
