import { httpError } from "./apiError";
import { persistently, watched } from "./connection";
import { sessionFetch } from "./session";

/** The text of a REST answer; a server that is away is asked again until it answers. */
export function readRest(path: string, search: URLSearchParams, signal: AbortSignal): Promise<string> {
  const ask = async () => {
    const response = await sessionFetch(`${path}?${search}`, { headers: { accept: "application/json" }, signal });
    const body = await response.text();
    if (!response.ok) throw httpError(response.status, body);
    return body;
  };
  return persistently(() => watched(ask()), signal);
}
