// What a page asks of the server, and whether everybody can use it.
import axeCore from "axe-core";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base, executablePath, leave, visit } from "./browser.mjs";
import { oneSession, oneTrace, projects, sessions, spans, traces } from "./data.mjs";
import { missed, print } from "./figures.mjs";
import { firstCard, firstRow } from "./lists.mjs";

const LIGHTHOUSE = "lighthouse@13.5.0";
const LIGHTHOUSE_MS = 180_000;
const SETTLE_MS = 1000;

const shown = (selector) => (page) => page.locator(selector).first().waitFor();
const article = shown("main article");

/** Those of what a first visit of the page asks that are not the question whether there is news. */
async function asked(url, ready) {
  const page = await visit();
  const names = [];
  page.on("request", (request) => {
    if (/\/(graphql|v1)\b/.test(request.url())) names.push(request.postDataJSON()?.operationName ?? request.url());
  });
  await page.goto(url);
  await ready(page);
  await page.waitForTimeout(SETTLE_MS);
  await leave(page);
  return names.filter((name) => name !== "useProjectPollingQuery");
}

/** Of the list behind a drawer only what the drawer adds counts. */
export async function requests() {
  const count = async (name, url, ready, limit) =>
    print(`requests: ${name}`, (await asked(url, ready)).length, limit, "");
  await count("projects", projects, firstCard, 4);
  await count("spans of a project", spans, firstRow, 6);
  const behind = (await asked(traces, firstRow)).length;
  await count("traces and one of them", oneTrace, article, behind + 3);
  if (oneSession)
    await count("sessions and one of them", oneSession, article, (await asked(sessions, firstRow)).length + 2);
}

const pages = [
  [projects, firstCard],
  [`${base}/redirects/projects/nobody-sends-here`, shown("main h2")],
  [spans, firstRow],
  [traces, firstRow],
  [sessions, shown("[role=grid]")],
  [oneTrace, article],
  [`${oneTrace}&view=page`, article],
  [`${oneTrace}&view=page&traceView=conversation`, article],
  ...["annotations", "attributes", "events", "context"].map((tab) => [`${oneTrace}&spanTab=${tab}`, article]),
  ...(oneSession ? [[oneSession, article]] : []),
  [`${base}/profile/preferences`, shown("main [role=combobox], main input")],
  [`${base}/gallery`, shown("main h2")],
  [`${base}/nothing/here`, shown("main h2")],
];

export async function axe() {
  for (const theme of ["light", "dark"]) {
    let violations = 0;
    for (const [url, ready] of pages) {
      const page = await visit(theme);
      await page.goto(url);
      await ready(page);
      await page.evaluate(axeCore.source);
      // Overlays are outside of the landmarks by nature; the announcer points at what is gone a moment later.
      const found = await page.evaluate(async () => {
        const options = { rules: { region: { enabled: false } }, resultTypes: ["violations"] };
        const result = await window.axe.run({ exclude: ["[data-live-announcer]"] }, options);
        return result.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
      });
      for (const violation of found) console.error(`${url}: ${violation}`);
      violations += found.length;
      await leave(page);
    }
    print(`axe, ${pages.length} pages, ${theme} theme: violations`, violations, 0, "");
  }
}

/** The worst of the pages. */
export function lighthouse() {
  const scores = {};
  for (const url of [projects, spans, oneTrace]) {
    const report = lighthouseReport(url);
    if (!report) return missed("Lighthouse", `${LIGHTHOUSE} did not run`);
    for (const { title, score } of Object.values(report.categories)) {
      scores[title] = Math.min(scores[title] ?? 100, Math.round(score * 100));
    }
  }
  for (const [title, score] of Object.entries(scores)) {
    print(`Lighthouse: ${title.toLowerCase()}`, score, 95, "", { isLeast: true });
  }
}

function lighthouseReport(url) {
  const folder = mkdtempSync(join(tmpdir(), "phoenix-lighthouse"));
  const file = join(folder, "report.json");
  const flags = ["--quiet", "--only-categories=accessibility,best-practices", "--output=json", `--output-path=${file}`];
  const chrome = "--chrome-flags=--headless=new --no-sandbox --disable-gpu";
  spawnSync("npx", ["--yes", LIGHTHOUSE, url, ...flags, chrome], {
    stdio: "ignore",
    env: { ...process.env, CHROME_PATH: executablePath },
    timeout: LIGHTHOUSE_MS,
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  rmSync(folder, { recursive: true, force: true });
  return report;
}
