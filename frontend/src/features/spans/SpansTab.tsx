import { useState } from "react";
import { Outlet } from "react-router";
import { useSort } from "../../lib/urlState";
import { spansText } from "../../text/project";
import { selectsRootsOnly } from "../filter/model/roots";
import { useProjectFilter } from "../filter/useProjectFilter";
import { useAnnotationNames } from "../projects/annotations/useAnnotationNames";
import type { Peeked } from "../projects/Peek";
import { useProject } from "../projects/ProjectContext";
import { RowsTab, type RowsLayout } from "../projects/RowsTab";
import { RowSequence, RowSequenceProvider } from "../traces/rowSequence";
import { spanColumns } from "./spanColumns";
import { SPAN_ORDER, isSpanSort, spansStorageKey, type SpanRow } from "./spanPages";
import { SpansTable } from "./SpansTable";

export function SpansTab() {
  const { id } = useProject();
  const [sequence] = useState(() => new RowSequence());
  const [condition] = useProjectFilter("span");
  const [sort, setSort] = useSort(isSpanSort, SPAN_ORDER);
  const [peeked, peek] = useState<Peeked | null>(null);
  const annotationNames = useAnnotationNames(id, "span");
  const layout: RowsLayout<SpanRow> = {
    grain: "span",
    label: spansText.title,
    storageKey: spansStorageKey(id),
    columns: spanColumns({ isRoots: selectsRootsOnly(condition), annotationNames }),
    sort,
    onSort: setSort,
  };
  return (
    <RowSequenceProvider value={sequence}>
      <RowsTab layout={layout} annotationNames={annotationNames} peeked={peeked}>
        <SpansTable
          layout={layout}
          sequence={sequence}
          condition={condition}
          sort={sort}
          onActive={(row) => peek({ kind: "span", id: row.id })}
        />
      </RowsTab>
      <Outlet />
    </RowSequenceProvider>
  );
}
