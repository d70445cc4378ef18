import { useEffect } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { tracePagesQuery } from "../../__generated__/tracePagesQuery.graphql";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { useProject } from "../projects/ProjectContext";
import { RowAddress } from "../projects/RowLink";
import type { RowsLayout } from "../projects/RowsTab";
import { RowsTable } from "../projects/RowsTable";
import { NoRowsInRange } from "./NoRowsInRange";
import type { RowSequence } from "./rowSequence";
import { TraceCompactRow } from "./traceColumns";
import { tracePages, traceQuestion, type TraceRow, type TraceSortColumn } from "./tracePages";

export function TracesTable({
  layout,
  sequence,
  condition,
  sort,
  onActive,
}: {
  layout: RowsLayout<TraceRow>;
  sequence: RowSequence;
  condition: string;
  sort: SortParam<TraceSortColumn>;
  onActive: (row: TraceRow) => void;
}) {
  const { id, timeRange, fetchKey } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();

  const answered = useAnswered<tracePagesQuery>(
    tracePages.query,
    traceQuestion({ id, timeRange, condition, sort }),
    fetchKey,
  );
  const pages = usePages(tracePages, answered);
  const { rows } = pages;
  useEffect(() => {
    sequence.set(rows.map((row) => ({ traceId: row.traceId, spanId: null })));
  }, [sequence, rows]);

  const open = (row: TraceRow) =>
    void navigate(withSearch(tracePath(id, "traces", row.traceId), withoutSelection(params)), {
      replace: traceId !== undefined,
    });

  return (
    <RowAddress tab="traces">
      <RowsTable
        layout={layout}
        condition={condition}
        isFiltered={condition !== ""}
        answered={answered}
        pages={pages}
        openKey={rows.find((row) => row.traceId === traceId)?.id ?? null}
        onOpen={open}
        onActive={onActive}
        originOf={(row) => ({ trace: row })}
        compact={(row) => <TraceCompactRow row={row} />}
        empty={<NoRowsInRange grain="trace" />}
      />
    </RowAddress>
  );
}
