import { useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { tracesText } from "../../text/project";
import { useProjectFilter } from "../filter/useProjectFilter";
import { useAnnotationNames } from "../projects/annotations/useAnnotationNames";
import type { Peeked } from "../projects/Peek";
import { useProject } from "../projects/ProjectContext";
import { RowsTab, type RowsLayout } from "../projects/RowsTab";
import { RowSequence, RowSequenceProvider } from "./rowSequence";
import { traceColumns } from "./traceColumns";
import { TRACE_ORDER, isTraceSort, type TraceRow } from "./tracePages";
import { TracesTable } from "./TracesTable";

export function TracesTab() {
  const { id } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [condition] = useProjectFilter("trace");
  const [sort, setSort] = useSort(isTraceSort, TRACE_ORDER);
  const [peeked, peek] = useState<Peeked | null>(null);
  const annotationNames = useAnnotationNames(id, "trace");
  const layout: RowsLayout<TraceRow> = {
    grain: "trace",
    label: tracesText.title,
    storageKey: `phoenix-tracing-${id}-traces`,
    columns: traceColumns({ annotationNames }),
    sort,
    onSort: setSort,
  };
  return (
    <RowSequenceProvider value={sequence}>
      <RowsTab layout={layout} annotationNames={annotationNames} peeked={peeked}>
        <TracesTable
          layout={layout}
          sequence={sequence}
          condition={condition}
          sort={sort}
          onActive={({ rootSpan }) => peek(rootSpan ? { kind: "span", id: rootSpan.id } : null)}
        />
      </RowsTab>
      <Outlet />
    </RowSequenceProvider>
  );
}
