import { useSyncExternalStore } from "react";
import { ApiError } from "./apiError";
import { whenIdle } from "./whenIdle";

/**
 * Whether the server answers. A query that finds it away is asked again by itself, so what is on the screen stays
 * there; the page says so once, whatever the number of queries.
 */
export type Outage = { error: ApiError; since: number; retryAt: number };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const SLOW_MS = 5000;
const LOOK_MS = 100;
/** Looks in a row that found nothing on its way. */
const QUIET_LOOKS = 4;

let outage: Outage | null = null;
let slow = 0;
let asking = 0;
const listeners = new Set<() => void>();
const sleepers = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks until the server answers: with what was asked for, or with a failure that another try will not change. */
export async function persistently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      const answer = await ask();
      isBack();
      return answer;
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError)) throw error;
      if (!isPassing(error)) {
        isBack();
        throw error;
      }
      outage = { error, since: outage?.since ?? Date.now(), retryAt: Date.now() + pause };
      changed();
      // oxlint-disable-next-line no-await-in-loop
      await sleep(pause, signal);
    }
  }
}

/** Whoever waits asks at once. */
function isBack(): void {
  if (!outage) return;
  outage = null;
  wake();
}

function isPassing({ kind }: ApiError): boolean {
  return kind === "unreachable" || kind === "rate-limited";
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      sleepers.delete(end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    sleepers.add(end);
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Everything that waits for the server asks now. */
export function wake(): void {
  for (const end of sleepers) end();
  changed();
}

export function useOutage(): Outage | null {
  return useSyncExternalStore(subscribe, () => outage);
}

/** Something the page waits for: until it ends nothing is loaded ahead. */
export function counted<T>(work: Promise<T>): Promise<T> {
  asking++;
  return work.finally(() => asking--);
}

/** Counts a request among the slow ones once it has taken long, until it ends. */
export function watched<T>(request: Promise<T>): Promise<T> {
  let isSlow = false;
  const timer = setTimeout(() => {
    isSlow = true;
    slow++;
    changed();
  }, SLOW_MS);
  return counted(request).finally(() => {
    clearTimeout(timer);
    if (!isSlow) return;
    slow--;
    changed();
  });
}

export function useSlowRequests(): number {
  return useSyncExternalStore(subscribe, () => slow);
}

/**
 * Once the page has what it asked for, so that what it may need later does not hold it up. Gives the way to call it off.
 */
export function whenQuiet(run: () => void): () => void {
  let quiet = 0;
  const timer = setInterval(() => {
    quiet = asking === 0 ? quiet + 1 : 0;
    if (quiet < QUIET_LOOKS) return;
    clearInterval(timer);
    // What came is still being drawn on a busy machine.
    whenIdle(run);
  }, LOOK_MS);
  return () => clearInterval(timer);
}
