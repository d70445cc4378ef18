// What a person waits for among projects and rows.
import { cold, leave, median, scrollThrough, several, timed, visit } from "./browser.mjs";
import { allSpans, projects, spans } from "./data.mjs";
import { print } from "./figures.mjs";

const ROUNDS = 5;
const HEADER = 28;
const ROW = 28;
const FAST = 470;
const rowsToScroll = Number(process.env.PHOENIX_BENCH_ROWS ?? 10_000);

export const firstCard = (page) => page.getByRole("main").getByRole("listitem").getByRole("link").first().waitFor();
export const firstRow = (page) =>
  page.getByRole("grid").getByRole("row").nth(1).getByRole("gridcell").first().waitFor();

export async function firstPages() {
  print("first page, cold: projects", await several(() => cold(projects, firstCard)), 1200, "ms");
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
  await leave(page);
}

export async function tableOfSpans() {
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
  print("Tab presses to the table", await tabsToTheTable(page), 3, "");
  await leave(page);
}

async function tabsToTheTable(page) {
  let presses = 0;
  while (presses < 30) {
    const focused = await page.evaluate(() => ({
      isTable: document.activeElement?.getAttribute("role") === "grid",
      isSkipLink: document.activeElement?.textContent === "Skip to content",
    }));
    if (focused.isTable) break;
    if (focused.isSkipLink) await page.keyboard.press("Enter");
    else {
      await page.keyboard.press("Tab");
      presses++;
    }
  }
  return presses;
}

export async function routeChanges() {
  const page = await visit();
  await page.goto(spans);
  await firstRow(page);
  const tabs = page.getByRole("navigation", { name: "Project" });
  const toTab = (tab) =>
    timed(async () => {
      await tabs.getByRole("link", { name: tab }).click();
      await page.getByRole("grid", { name: tab }).getByRole("row").nth(1).getByRole("gridcell").first().waitFor();
    });
  const toList = () =>
    timed(async () => {
      await page.getByRole("link", { name: "Projects" }).first().click();
      await firstCard(page);
    });
  const toProject = () =>
    timed(async () => {
      await page.getByRole("main").getByRole("link", { name: "read-0" }).click();
      await firstRow(page);
    });
  const times = { tab: [], list: [], project: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.tab.push(await toTab("Traces"), await toTab("Sessions"), await toTab("Spans"));
    times.list.push(await toList());
    times.project.push(await toProject());
  }
  print("route change: tab of a project", median(times.tab), 300, "ms");
  print("route change: to the list of projects", median(times.list), 300, "ms");
  print("route change: from the list to a project's spans", median(times.project), 300, "ms");
  await leave(page);
}

/** From the last key until the rows of another condition are drawn. */
export async function typing() {
  const page = await visit();
  await page.goto(allSpans);
  await firstRow(page);
  const field = page.getByRole("combobox", { name: "Filter spans" });
  // Without its last character none of them is a condition.
  const conditions = ["status_code == 'ERROR'", "(span_kind == 'LLM' and latency_ms > 10000)", "(latency_ms > 19000)"];
  const times = [];
  for (const condition of [...conditions, ...conditions]) {
    await field.fill("");
    await page.waitForFunction(() => new URLSearchParams(location.search).get("spanFilterCondition") === "");
    await page.locator("[role=grid][aria-rowcount='-1']").waitFor();
    await field.focus();
    const before = await page.getByRole("grid").innerText();
    await page.keyboard.insertText(condition.slice(0, -1));
    const took = await timed(async () => {
      await page.keyboard.insertText(condition.slice(-1));
      await page.waitForFunction(
        ([wanted, old]) =>
          new URLSearchParams(location.search).get("spanFilterCondition") === wanted &&
          document.querySelector("[role=grid]").innerText !== old,
        [condition, before],
        { polling: "raf" },
      );
    });
    times.push(took);
  }
  print("filter typed until rows", median(times), 500, "ms");
  await leave(page);
}

export async function scrolling() {
  const page = await visit();
  await page.goto(allSpans);
  await firstRow(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  const loaded = () =>
    grid.evaluate((element, { row, header }) => Math.round((element.scrollHeight - header) / row), {
      row: ROW,
      header: HEADER,
    });
  for (let last = 0, same = 0; (await loaded()) < rowsToScroll && same < 200;) {
    await page.keyboard.press("End");
    await page.waitForTimeout(25);
    const now = await loaded();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  const rows = await loaded();
  const { frame, task } = await scrollThrough(grid.locator("xpath=.."), FAST);
  print(`scrolling ${rows.toLocaleString("en-US")} rows: median frame`, frame, 17, "ms");
  print(`scrolling ${rows.toLocaleString("en-US")} rows: longest task`, task, 50, "ms");
  await leave(page);
}
