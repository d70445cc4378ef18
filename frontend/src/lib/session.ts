import { useSyncExternalStore } from "react";
import { httpError, unreachable } from "./apiError";
import { config, serverUrl } from "./config";

/**
 * Requests in the name of the person who is logged in. A session that ran out is refreshed once for all requests that
 * met it; when that fails the requests wait until the person has logged in again over the page they were on.
 */
const REFRESH_MS = 10_000;
const UNAUTHORIZED = 401;

let refreshing: Promise<boolean> | null = null;
let isExpired = false;
let isKnown = false;
const listeners = new Set<() => void>();
const waiting = new Set<() => void>();

export async function sessionFetch(path: string, init: RequestInit): Promise<Response> {
  const response = await send(path, init);
  if (response.status !== UNAUTHORIZED || !config.authenticationEnabled) return response;
  if (await refreshed()) {
    const again = await send(path, init);
    if (again.status !== UNAUTHORIZED) return again;
  }
  if (!isKnown) leaveForLogin();
  await loggedInAgain(init.signal ?? null);
  return sessionFetch(path, init);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(serverUrl(path), init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

/** Whether there is a fresh session now; one request, however many ask. */
function refreshed(): Promise<boolean> {
  refreshing ??= refresh().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refresh(): Promise<boolean> {
  const response = await send("/auth/refresh", { method: "POST", signal: AbortSignal.timeout(REFRESH_MS) }).catch(
    (cause: unknown) => {
      throw unreachable(cause);
    },
  );
  if (response.ok) return true;
  if (response.status === UNAUTHORIZED || response.status === 404) return false;
  throw httpError(response.status, await response.text());
}

/** Nothing is on the page yet that could be lost. */
function leaveForLogin(): void {
  window.location.assign(loginAddress());
}

/** A full navigation: the server may answer the log-in page with a provider's. */
export function loginAddress(): string {
  const here = window.location.pathname.slice(config.basename.length) + window.location.search + window.location.hash;
  return serverUrl(`/login?${new URLSearchParams({ returnUrl: here })}`);
}

function loggedInAgain(signal: AbortSignal | null): Promise<void> {
  setExpired(true);
  return new Promise((resolve, reject) => {
    waiting.add(resolve);
    signal?.addEventListener("abort", () => {
      waiting.delete(resolve);
      reject(new DOMException("Aborted", "AbortError"));
    });
  });
}

function setExpired(next: boolean): void {
  isExpired = next;
  for (const listener of listeners) listener();
}

/** From now on there is a page that a person works on. */
export function sessionIsKnown(): void {
  isKnown = true;
}

/** The requests that waited are sent again. */
export function sessionIsBack(): void {
  setExpired(false);
  const resolves = [...waiting];
  waiting.clear();
  for (const resolve of resolves) resolve();
}

export function useSessionExpired(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isExpired,
  );
}
