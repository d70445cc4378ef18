import { useEffect } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { spanPagesQuery } from "../../__generated__/spanPagesQuery.graphql";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { tracePath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { EndNote } from "../../ui/table/EndNote";
import { useColumnPreferences } from "../../ui/table/useColumnPreferences";
import { ROOTS_ONLY } from "../filter/useProjectFilter";
import { useProject } from "../projects/ProjectContext";
import { RowAddress } from "../projects/RowLink";
import type { RowsLayout } from "../projects/RowsTab";
import { RowsTable } from "../projects/RowsTable";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import type { RowSequence } from "../traces/rowSequence";
import { SpanCompactRow } from "./spanColumns";
import { spanPages, spanQuestion, wantsMetadata, type SpanRow, type SpanSortColumn } from "./spanPages";
import { StillSearching } from "./StillSearching";

export function SpansTable({
  layout,
  sequence,
  condition,
  sort,
  onActive,
}: {
  layout: RowsLayout<SpanRow>;
  sequence: RowSequence;
  condition: string;
  sort: SortParam<SpanSortColumn>;
  onActive: (row: SpanRow) => void;
}) {
  const { id, timeRange, fetchKey } = useProject();
  const { traceId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [preferences] = useColumnPreferences(layout.storageKey);

  const answered = useAnswered<spanPagesQuery>(
    spanPages.query,
    spanQuestion({ id, timeRange, condition, sort, withMetadata: wantsMetadata(preferences) }),
    fetchKey,
  );
  const pages = usePages(spanPages, answered);
  const { rows, last, failure, retry } = pages;
  useEffect(() => {
    sequence.set(rows.map((row) => ({ traceId: row.trace.traceId, spanId: row.id })));
  }, [sequence, rows]);

  const selected = params.get("selectedSpanNodeId");
  const openRow = traceId
    ? (rows.find((row) => row.id === selected && row.trace.traceId === traceId) ??
      rows.find((row) => row.trace.traceId === traceId))
    : undefined;
  const open = (row: SpanRow) => {
    const search = withoutSelection(params);
    search.set("selectedSpanNodeId", row.id);
    void navigate(withSearch(tracePath(id, "spans", row.trace.traceId), search), { replace: traceId !== undefined });
  };

  return (
    <RowAddress tab="spans">
      <RowsTable
        layout={layout}
        condition={condition}
        isFiltered={condition !== "" && condition !== ROOTS_ONLY}
        answered={answered}
        pages={pages}
        openKey={openRow?.id ?? null}
        onOpen={open}
        onActive={onActive}
        originOf={({ trace, spanId }) => ({ trace, spanId })}
        compact={(row) => <SpanCompactRow row={row} />}
        empty={
          failure ? (
            <EndNote failure={failure} onRetry={retry} />
          ) : last.hasNext && last.searchedUntil ? (
            <StillSearching until={new Date(last.searchedUntil)} />
          ) : (
            <NoRowsInRange grain="span" />
          )
        }
      />
    </RowAddress>
  );
}
