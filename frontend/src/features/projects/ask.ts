import type { Environment } from "relay-runtime";
import type { projectHeadQuery } from "../../__generated__/projectHeadQuery.graphql";
import type { sessionPagesQuery } from "../../__generated__/sessionPagesQuery.graphql";
import type { spanPagesQuery } from "../../__generated__/spanPagesQuery.graphql";
import type { tracePagesQuery } from "../../__generated__/tracePagesQuery.graphql";
import { askAhead } from "../../lib/askAhead";
import { preference } from "../../lib/preferences";
import { queryRange, readTimeRange } from "../../lib/timeRange";
import { readSort } from "../../lib/urlState";
import { columnPreferences } from "../../ui/table/useColumnPreferences";
import type { Grain } from "../filter/model/vocabulary";
import { readProjectFilter } from "../filter/useProjectFilter";
import { isSessionSort, SESSION_ORDER, sessionPages, sessionQuestion } from "../sessions/sessionPages";
import { isSpanSort, SPAN_ORDER, spanPages, spanQuestion, spansStorageKey, wantsMetadata } from "../spans/spanPages";
import { isTraceSort, TRACE_ORDER, tracePages, traceQuestion } from "../traces/tracePages";
import { projectHead } from "./projectHead";

/** The project and its first rows are asked for at once, before anything of the page is drawn. */
export function askForProject(environment: Environment, id: string): Promise<void> {
  return askAhead<projectHeadQuery>(environment, projectHead, { id });
}

export function askForRows(environment: Environment, id: string, grain: Grain, params: URLSearchParams): Promise<void> {
  const timeRange = queryRange(readTimeRange(params, preference("timeRangeKey")), new Date());
  const rows = { id, timeRange, condition: readProjectFilter(params, grain) };
  switch (grain) {
    case "span": {
      const sort = readSort(params, isSpanSort, SPAN_ORDER);
      const withMetadata = wantsMetadata(columnPreferences(spansStorageKey(id)));
      return askAhead<spanPagesQuery>(environment, spanPages.query, spanQuestion({ ...rows, sort, withMetadata }));
    }
    case "trace": {
      const sort = readSort(params, isTraceSort, TRACE_ORDER);
      return askAhead<tracePagesQuery>(environment, tracePages.query, traceQuestion({ ...rows, sort }));
    }
    case "session": {
      const sort = readSort(params, isSessionSort, SESSION_ORDER);
      return askAhead<sessionPagesQuery>(environment, sessionPages.query, sessionQuestion({ ...rows, sort }));
    }
  }
}
