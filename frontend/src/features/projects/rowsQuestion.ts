import type { SortParam } from "../../lib/urlState";

/** Rows asked for at once. */
export const PAGE = 50;

/** What chooses and orders the rows of a project's table. */
export type RowsQuestion<C extends string> = {
  id: string;
  timeRange: { start?: string; end?: string };
  condition: string;
  sort: SortParam<C>;
};
