import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { base, projectName, projectPath } from "./support/server";

const topic = projectName("shop");
const early = `${topic}-early`;
const late = `${topic}-late`;

beforeAll(async () => {
  await sendTrace(early, { name: "checkout", ms: 1200 }, { secondsAgo: 7200 });
  await sendTrace(late, { name: "search", ms: 80, attributes: { "session.id": `${topic}-session` } });
  await sendTrace(late, { name: "search", ms: 120 }, { secondsAgo: 60 });
});

describe("the projects", () => {
  it("are cards with their figures, the last updated first", async () => {
    const page = await open(`/projects?q=${topic}`);
    const cards = page.getByRole("listitem").filter({ hasText: topic });
    await cards.nth(1).waitFor();
    await expect
      .poll(() => cards.first().innerText())
      .toMatch(/-late\s+Updated .*Traces\s+2\s+Sessions\s+1\s+Latency P50\s+\d/s);
    await expect
      .poll(() => cards.nth(1).innerText())
      .toMatch(/-early\s+Updated 2h 00m ago\s+Traces\s+1\s+Sessions\s+0/s);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "projects-light");
  });

  it("are found by name, and the address remembers what was searched", async () => {
    const page = await open("/projects");
    await page.keyboard.press("/");
    await page.keyboard.type(early);
    await page.waitForURL(`${base}/projects?q=${early}`);
    await page.getByRole("link", { name: new RegExp(late) }).waitFor({ state: "hidden" });
    await page.getByRole("link", { name: new RegExp(early) }).waitFor();
    await page.keyboard.type("-unknown");
    await page.getByRole("heading", { name: "No projects found" }).waitFor();
  });

  it("are a table too; view and order are remembered", async () => {
    const page = await open(`/projects?q=${topic}`, { theme: "dark" });
    await page.getByRole("radio", { name: "Table" }).click();
    const grid = page.getByRole("grid", { name: "Projects" });
    await grid.getByRole("button", { name: "Name" }).click();
    await grid.getByRole("columnheader", { name: "Name" }).and(page.locator("[aria-sort=descending]")).waitFor();
    await page.reload();
    await grid.getByRole("row").nth(2).waitFor();
    const names = await grid.getByRole("link").allInnerTexts();
    expect(names).toEqual([late, early]);
    await screenshot(page, "projects-table-dark");
  });

  it("carry the time range to the project they open", async () => {
    const page = await open(`/projects?q=${late}&timeRangeKey=12h`);
    await page.getByRole("link", { name: new RegExp(late) }).click();
    await page.waitForURL(`${base}${await projectPath(late)}/spans?timeRangeKey=12h`);
    expect(await page.title()).toBe(`${late} - Projects - Phoenix`);
  });
});

describe("a project that has no traces", () => {
  it("shows how to send the first one and opens by itself when it arrives", async () => {
    const name = projectName("new");
    const page = await open(`/redirects/projects/${name}`);
    await page.getByRole("heading", { name: "Send a trace" }).waitFor();
    for (const language of ["Java", "Spring Boot", "TypeScript", "Python", "curl"]) {
      await page.getByRole("radio", { name: language }).click();
      await page.getByLabel("first trace", { exact: true }).getByText(name).waitFor();
    }
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "first-trace-light");
    // The example itself, as a person would run it.
    execFileSync("bash", ["-c", await page.getByLabel("first trace", { exact: true }).innerText()], {
      stdio: "ignore",
    });
    await page.getByRole("link", { name: "answer" }).waitFor();
    expect(page.url()).toBe(`${base}${await projectPath(name)}/spans`);
  });

  it("is told apart from one that does not exist", async () => {
    const page = await open("/projects/UHJvamVjdDo5OTk5OTk5OTk=", { expected: /ApiError|no object has the id/ });
    await page.getByRole("heading", { name: "There is no such project" }).waitFor();
  });
});
