// The figures of the interface in a real browser, for `./phoenix bench ui`: what a person waits for, against a server
// that already holds the data. Prints a table; ends with 1 when a figure is beyond its limit.
import { AxeBuilder } from "@axe-core/playwright";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const LIGHTHOUSE = "lighthouse@13.5.0";
const ROUNDS = 5;
const base = process.env.PHOENIX_BASE_URL;
const rowsToScroll = Number(process.env.PHOENIX_BENCH_ROWS ?? 10_000);
const executablePath = [
  process.env.PHOENIX_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

let beyond = 0;
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--js-flags=--expose-gc"],
});

const { project, traces } = await whatThereIs();
const spans = `${base}/projects/${encodeURIComponent(project)}/spans?timeRangeKey=30d`;

console.log("| figure | measured | limit | |\n|---|---:|---:|---|");
await firstPages();
await tableOfSpans();
await routeChanges();
await typing();
await scrolling();
for (const trace of traces) await openTrace(trace);
await requests();
await accessibility();
lighthouse();
await browser.close();
console.log(beyond === 0 ? "all within their limits" : `${beyond} beyond their limits`);
process.exitCode = beyond === 0 ? 0 : 1;

function print(figure, value, limit, unit, { isLeast = false } = {}) {
  const good = isLeast ? value >= limit : value <= limit;
  if (!good) beyond++;
  const text = Number.isInteger(value) ? value : value.toFixed(1);
  console.log(`| ${figure} | ${text} ${unit} | ${isLeast ? "≥" : "≤"} ${limit} ${unit} | ${good ? "" : "beyond"} |`);
}

async function ask(query, variables = {}) {
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The largest project, and the large traces with their sizes. */
async function whatThereIs() {
  const { main, large } = await ask(`{
    main: getProjectByName(name: "read-0") { id }
    large: getProjectByName(name: "read-traces") { id traces(first: 20) { edges { node { traceId numSpans } } } }
  }`);
  const found = large.traces.edges
    .map(({ node }) => ({ ...node, project: large.id }))
    .filter(({ numSpans }) => numSpans >= 10_000)
    .sort((a, b) => a.numSpans - b.numSpans);
  return { project: main.id, traces: found };
}

async function visit(colorScheme = "light") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

const firstRow = (page) => page.getByRole("grid").getByRole("row").nth(1).getByRole("link").waitFor();

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function several(measure, rounds = ROUNDS) {
  const values = [];
  for (let round = 0; round < rounds; round++) values.push(await measure());
  return median(values);
}

/** With nothing in the cache of the browser. */
async function cold(url, ready) {
  const page = await visit();
  const started = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await ready(page);
  const took = performance.now() - started;
  await page.context().close();
  return took;
}

async function firstPages() {
  const card = (page) => page.getByRole("listitem").getByRole("link").first().waitFor();
  print("first page, cold: projects", await several(() => cold(`${base}/projects`, card)), 1200, "ms");
  print("first page, cold: rows of spans", await several(() => cold(spans, firstRow)), 1200, "ms");

  const page = await visit();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const scripts = new Set();
  let bytes = 0;
  client.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(spans, { waitUntil: "commit" });
  await firstRow(page);
  print("script until the first row (brotli)", bytes / 1000, 350, "kB");
  await page.context().close();
}

async function tableOfSpans() {
  const page = await visit();
  await page.goto(spans);
  await firstRow(page);
  const seen = await page.getByRole("grid").evaluate((grid) => {
    const isSeen = (element) => {
      const { right, bottom } = element.getBoundingClientRect();
      return right <= innerWidth + 1 && bottom <= innerHeight;
    };
    const rows = [...grid.querySelectorAll("[role=row]")].slice(1).filter(isSeen);
    const columns = [...grid.querySelectorAll("[role=columnheader]")].filter(
      (header) => header.textContent.trim() !== "" && isSeen(header),
    );
    return { rows: rows.length, columns: columns.length };
  });
  print("rows on screen at 1440 × 900", seen.rows, 24, "", { isLeast: true });
  print("columns on screen", seen.columns, 9, "", { isLeast: true });
  await page.evaluate(() => document.activeElement?.blur());
  let presses = 0;
  for (; presses < 30; presses++) {
    const isThere = await page.evaluate(() => document.activeElement?.getAttribute("role") === "grid");
    if (isThere) break;
    // The first stop is the link that leads past the navigation.
    const isSkip = await page.evaluate(() => document.activeElement?.getAttribute("href") === "#content");
    if (isSkip) await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  print("Tab presses to the table", presses, 3, "");
  await page.context().close();
}

async function routeChanges() {
  const page = await visit();
  await page.goto(spans);
  await firstRow(page);
  const tabs = page.getByRole("navigation", { name: "Project" });
  const change = async (tab, grid) => {
    const started = performance.now();
    await tabs.getByRole("link", { name: tab }).click();
    await page.getByRole("grid", { name: grid }).getByRole("row").nth(1).getByRole("gridcell").first().waitFor();
    return performance.now() - started;
  };
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(await change("Traces", "Traces"), await change("Sessions", "Sessions"), await change("Spans", "Spans"));
  }
  print("route change: tab of a project", median(times), 300, "ms");
  await page.context().close();
}

/** From the last key until the rows of another condition are drawn. */
async function typing() {
  const page = await visit();
  await page.goto(`${spans}&spanFilterCondition=`);
  await firstRow(page);
  const field = page.getByRole("combobox", { name: "Filter spans" });
  const conditions = ["status_code == 'ERROR'", "span_kind == 'LLM' and latency_ms > 10000", "latency_ms > 19000"];
  const times = [];
  for (const condition of [...conditions, ...conditions]) {
    await field.fill("");
    await page.waitForURL(/spanFilterCondition=$|spanFilterCondition=&/);
    await firstRow(page);
    await field.focus();
    await page.keyboard.insertText(condition.slice(0, -1));
    const before = await page.getByRole("grid").innerText();
    const started = performance.now();
    await page.keyboard.insertText(condition.slice(-1));
    await page.waitForFunction(
      (old) =>
        location.search.includes("spanFilterCondition=") && document.querySelector("[role=grid]").innerText !== old,
      before,
      { polling: "raf" },
    );
    times.push(performance.now() - started);
  }
  print("filter typed until rows", median(times), 500, "ms");
  await page.context().close();
}

async function scrolling() {
  const page = await visit();
  await page.goto(`${spans}&spanFilterCondition=`);
  await firstRow(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  const loaded = () => grid.evaluate((element) => Math.round((element.scrollHeight - 28) / 28));
  for (let last = 0, same = 0; (await loaded()) < rowsToScroll && same < 200;) {
    await page.keyboard.press("End");
    await page.waitForTimeout(25);
    const now = await loaded();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  const rows = await loaded();
  const { gaps, longest } = await grid.evaluate(async (element) => {
    const scroller = element.parentElement;
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ entryTypes: ["longtask"] });
    scroller.scrollTop = 0;
    const frames = [];
    let before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 600; frame++) {
      scroller.scrollTop += 470;
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
    }
    observer.disconnect();
    return { gaps: frames, longest: Math.max(0, ...tasks) };
  });
  print(`scrolling ${rows} rows: median frame`, median(gaps), 17, "ms");
  print(`scrolling ${rows} rows: longest task`, longest, 50, "ms");
  await page.context().close();
}

async function openTrace({ project: id, traceId, numSpans }) {
  const page = await visit();
  const client = await page.context().newCDPSession(page);
  const path = `/projects/${encodeURIComponent(id)}/traces`;
  const heap = async () => {
    await page.evaluate(() => globalThis.gc?.());
    await client.send("HeapProfiler.collectGarbage");
    return (await client.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  const open = async () => {
    await page.goto(`${base}${path}?timeRangeKey=30d`);
    await firstRow(page);
    const link = page.getByRole("grid").locator(`a[href*="${traceId}"]`).first();
    await link.waitFor();
    const started = performance.now();
    await link.click();
    await page.getByRole("treegrid").getByRole("row").nth(5).waitFor();
    await page.getByRole("article").waitFor();
    await page.getByRole("treegrid").press("ArrowDown");
    return performance.now() - started;
  };
  const size = numSpans.toLocaleString("en-US");
  print(
    `trace of ${size} spans, until a key moves in it`,
    await several(open, 3),
    numSpans > 10_000 ? 3000 : 1000,
    "ms",
  );
  print(`trace of ${size} spans, memory`, await heap(), 400, "MB");
  await page.getByRole("link", { name: "Projects" }).first().click();
  await page.getByRole("heading", { name: "Projects" }).waitFor();
  await page.waitForTimeout(1000);
  print(`trace of ${size} spans, memory after leaving`, await heap(), 100, "MB");
  await page.context().close();
}

async function requests() {
  const count = async (url, ready) => {
    const page = await visit();
    const asked = [];
    page.on("request", (request) => {
      if (/\/(graphql|v1)\b/.test(request.url())) asked.push(request.postDataJSON()?.operationName ?? request.url());
    });
    await page.goto(url);
    await ready(page);
    await page.waitForTimeout(1000);
    await page.context().close();
    return asked.filter((name) => name !== "useProjectPollingQuery").length;
  };
  const list = (page) => page.getByRole("listitem").getByRole("link").first().waitFor();
  print("requests: projects", await count(`${base}/projects`, list), 5, "");
  print("requests: spans of a project", await count(spans, firstRow), 6, "");
}

async function accessibility() {
  for (const theme of ["light", "dark"]) {
    let violations = 0;
    for (const url of [
      `${base}/projects`,
      spans,
      spans.replace("/spans", "/traces"),
      spans.replace("/spans", "/sessions"),
    ]) {
      const page = await visit(theme);
      await page.goto(url);
      await page.locator("main a").first().waitFor();
      const result = await new AxeBuilder({ page }).disableRules(["region"]).exclude("[data-live-announcer]").analyze();
      violations += result.violations.length;
      await page.context().close();
    }
    print(`axe, ${theme} theme: violations`, violations, 0, "");
  }
}

function lighthouse() {
  const folder = mkdtempSync(join(tmpdir(), "phoenix-lighthouse"));
  const report = join(folder, "report.json");
  spawnSync(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      spans,
      "--quiet",
      "--only-categories=accessibility,best-practices",
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
      "--output=json",
      `--output-path=${report}`,
    ],
    { stdio: "ignore", env: { ...process.env, CHROME_PATH: executablePath }, timeout: 180_000 },
  );
  if (existsSync(report)) {
    const { categories } = JSON.parse(readFileSync(report, "utf8"));
    for (const { title, score } of Object.values(categories)) {
      print(`Lighthouse: ${title.toLowerCase()}`, Math.round(score * 100), 95, "", { isLeast: true });
    }
  } else console.log(`| Lighthouse | not measured: ${LIGHTHOUSE} did not run | ≥ 95 | |`);
  rmSync(folder, { recursive: true, force: true });
}
