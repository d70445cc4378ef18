/** Where the browser does not say when it is idle. */
const PAUSE_MS = 50;
/** Browsers call up to 50 ms idle; who presses a key then waits no longer than this. */
const SLICE_MS = 8;

const steps: (() => void)[] = [];

/** Small steps of work that nobody waits for, done between frames: as many as there is time for, the rest later. */
export function whenIdle(step: () => void): void {
  steps.push(step);
  if (steps.length === 1) plan();
}

function plan(): void {
  if (typeof requestIdleCallback === "function") {
    requestIdleCallback((deadline) => work(Math.min(SLICE_MS, deadline.timeRemaining())));
  } else setTimeout(() => work(SLICE_MS), PAUSE_MS);
}

function work(ms: number): void {
  const until = performance.now() + ms;
  do {
    const step = steps[0];
    step?.();
    // Only now: a step that asks for the next one is not to plan it twice.
    steps.shift();
  } while (steps.length > 0 && performance.now() < until);
  if (steps.length > 0) plan();
}
