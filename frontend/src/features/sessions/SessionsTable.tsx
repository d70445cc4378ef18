import { useEffect } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import type { sessionPagesQuery } from "../../__generated__/sessionPagesQuery.graphql";
import { sessionPath, withoutSelection, withSearch, type SortParam } from "../../lib/urlState";
import { useAnswered } from "../../lib/useAnswered";
import { usePages } from "../../lib/usePages";
import { useProject } from "../projects/ProjectContext";
import type { RowsLayout } from "../projects/RowsTab";
import { RowsTable } from "../projects/RowsTable";
import { NoRowsInRange } from "../traces/NoRowsInRange";
import { NoSessions } from "./NoSessions";
import { SessionCompactRow } from "./sessionColumns";
import { sessionPages, sessionQuestion, type SessionRow, type SessionSortColumn } from "./sessionPages";

export function SessionsTable({
  layout,
  condition,
  sort,
  onActive,
  onRows,
}: {
  layout: RowsLayout<SessionRow>;
  condition: string;
  sort: SortParam<SessionSortColumn>;
  onActive: (row: SessionRow) => void;
  /** The loaded rows, for the drawer that walks through them. */
  onRows: (ids: readonly string[]) => void;
}) {
  const { id, timeRange, fetchKey } = useProject();
  const { sessionId } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();

  const answered = useAnswered<sessionPagesQuery>(
    sessionPages.query,
    sessionQuestion({ id, timeRange, condition, sort }),
    fetchKey,
  );
  const pages = usePages(sessionPages, answered);
  const { rows } = pages;
  useEffect(() => {
    onRows(rows.map((row) => row.id));
  }, [onRows, rows]);

  const open = (row: SessionRow) =>
    void navigate(withSearch(sessionPath(id, row.id), withoutSelection(params)), {
      replace: sessionId !== undefined,
    });

  return (
    <RowsTable
      layout={layout}
      condition={condition}
      isFiltered={condition !== ""}
      answered={answered}
      pages={pages}
      openKey={sessionId ?? null}
      onOpen={open}
      onActive={onActive}
      compact={(row) => <SessionCompactRow row={row} />}
      empty={condition !== "" ? <NoRowsInRange grain="session" /> : <NoSessions />}
    />
  );
}
