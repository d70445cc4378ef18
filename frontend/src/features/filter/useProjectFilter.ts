import { useTextParam } from "../../lib/urlState";
import type { Grain } from "./model/vocabulary";

export const ROOTS_ONLY = "parent_id is None";

const PARAMS: Record<Grain, string> = {
  span: "spanFilterCondition",
  trace: "traceFilterCondition",
  session: "sessionFilterCondition",
};

/** The condition of a project's table. The table of spans begins with their roots. */
export function useProjectFilter(grain: Grain): [string, (condition: string) => void] {
  return useTextParam(PARAMS[grain], unfiltered(grain));
}

export function readProjectFilter(params: URLSearchParams, grain: Grain): string {
  return params.get(PARAMS[grain]) ?? unfiltered(grain);
}

function unfiltered(grain: Grain): string {
  return grain === "span" ? ROOTS_ONLY : "";
}
