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
  await sendTrace(late, { name: "search", ms: 120, error: "no index" }, { secondsAgo: 60 });
});

describe("the projects", () => {
  it("are cards with their figures, the last updated first", async () => {
    const page = await open(`/projects?q=${topic}`);
    const cards = page.getByRole("listitem").filter({ hasText: topic });
    await cards.nth(1).waitFor();
    await expect
      .poll(() => cards.first().innerText())
      .toMatch(/-late\s+Updated .*Traces\s+2\s+Sessions\s+1\s+Errors\s+50\s*%\s+Latency P50\s+\d.*Cost/s);
    await expect
      .poll(() => cards.nth(1).innerText())
      .toMatch(/-early\s+Updated 2h 0\dm ago\s+Traces\s+1\s+Sessions\s+0\s+Errors\s+0/s);
    await page.getByRole("img", { name: `${late}: 2 traces, 1 of them failed` }).waitFor();
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

  it("load on as one scrolls", async () => {
    const many = projectName("many");
    await Promise.all(Array.from({ length: 34 }, (_, index) => sendTrace(`${many}-${index}`, { name: "one" })));
    const page = await open(`/projects?q=${many}`);
    const cards = page.getByRole("main").getByRole("listitem");
    await expect.poll(() => cards.count()).toBeGreaterThanOrEqual(30);
    await cards.last().scrollIntoViewIfNeeded();
    await expect.poll(() => cards.count()).toBe(34);
  });

  it("carry the time range to the project they open", async () => {
    const page = await open(`/projects?q=${late}&timeRangeKey=12h`);
    await page.getByRole("link", { name: new RegExp(late) }).click();
    await page.waitForURL(`${base}${await projectPath(late)}/spans?timeRangeKey=12h`);
    await expect.poll(() => page.title()).toBe(`${late} - Projects - Phoenix`);
  });
});

describe("a person who may write", () => {
  it("makes a project, and hears at once what its name must not be", async () => {
    const name = projectName("made");
    const page = await open("/projects", { theme: "dark" });
    await page.getByRole("heading", { name: "Projects" }).waitFor();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "New project" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("my project");
    await dialog.getByText("Letters, digits, - _ and . only").waitFor();
    await screenshot(page, "project-new-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Name" }).fill(early);
    await dialog.getByRole("button", { name: "Create project" }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("radio", { name: "Teal" }).check({ force: true });
    await dialog.getByRole("button", { name: "Create project" }).click();
    await page.getByRole("status").getByText(`Project ${name} created`).waitFor();
    await page.waitForURL(new RegExp("/projects/[^/]+"));
    await page.getByRole("heading", { name: "Send a trace" }).waitFor();
  });

  it("removes old data, all data and the project only after its name was typed", async () => {
    const name = projectName("gone");
    await sendTrace(name, { name: "old" }, { secondsAgo: 3 * 86_400 });
    await sendTrace(name, { name: "new" }, { secondsAgo: 60 });
    const page = await open(`/projects?q=${name}`);
    const act = async (item: string) => {
      await page.getByRole("button", { name: `Actions on ${name}` }).click();
      await page.getByRole("menuitem", { name: item }).click();
      return page.getByRole("alertdialog");
    };
    const card = page.getByRole("listitem").filter({ hasText: name });
    await expect.poll(() => card.innerText()).toMatch(/Traces\s+2/);

    const trim = await act("Remove old data");
    const confirm = trim.getByRole("button", { name: "Remove data" });
    expect(await confirm.isDisabled()).toBe(true);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 16);
    await trim.getByLabel("Remove what began before").fill(yesterday);
    await trim.getByRole("textbox", { name: /^Type/ }).fill(name);
    await screenshot(page, "project-trim-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await confirm.click();
    await expect.poll(() => card.innerText()).toMatch(/Traces\s+1/);

    const clear = await act("Clear all data");
    await clear.getByRole("textbox", { name: /^Type/ }).fill(name);
    await clear.getByRole("button", { name: "Clear data" }).click();
    await expect.poll(() => card.innerText()).toMatch(/Traces\s+0/);

    const remove = await act("Delete project");
    await remove.getByRole("textbox", { name: /^Type/ }).fill(name.slice(0, -1));
    expect(await remove.getByRole("button", { name: "Delete project" }).isDisabled()).toBe(true);
    await remove.getByRole("textbox", { name: /^Type/ }).fill(name);
    await screenshot(page, "project-delete-light");
    await remove.getByRole("button", { name: "Delete project" }).click();
    await page.getByRole("heading", { name: "No projects found" }).waitFor();
  });

  it("cannot delete the project where traces without one land", async () => {
    const page = await open("/projects?q=default");
    await page.getByRole("button", { name: "Actions on default" }).click();
    await page.getByRole("menuitem", { name: "Clear all data" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Delete project" }).count()).toBe(0);
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
