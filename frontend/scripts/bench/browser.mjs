// A browser as a person has it, and how long things take in it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const ROUNDS = 5;
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const base = process.env.PHOENIX_BASE_URL;
export const executablePath = [process.env.PHOENIX_CHROMIUM, ...CHROMIUM].find((path) => path && existsSync(path));

const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--js-flags=--expose-gc"],
});

export const closeBrowser = () => browser.close();

/** Somebody who has never been here: nothing is in the cache. */
export async function visit(colorScheme = "light") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

export async function leave(page) {
  await page.context().close();
}

/** From the request for the page until `ready`. */
export async function cold(url, ready) {
  const page = await visit();
  const started = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await ready(page);
  const took = performance.now() - started;
  await leave(page);
  return took;
}

export async function timed(action) {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export async function several(measure, rounds = ROUNDS) {
  const values = [];
  for (let round = 0; round < rounds; round++) values.push(await measure());
  return median(values);
}

/** Scrolls `element` on for ten seconds at most; frames and the longest task in ms. */
export function scrollThrough(scroller, step) {
  return scroller.evaluate(async (element, pixels) => {
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ entryTypes: ["longtask"] });
    element.scrollTop = 0;
    const frames = [];
    let before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 600; frame++) {
      element.scrollTop += pixels;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
    }
    observer.disconnect();
    const middle = frames.toSorted((a, b) => a - b)[frames.length / 2];
    return { frame: middle, task: Math.max(0, ...tasks) };
  }, step);
}
