import { beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityProblems, open, screenshot, type Theme } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { projectName, projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

const project = projectName("looks");
let path: string;
let traceId: string;

const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
};

/** Every page and state that needs no account: how one gets there, and what is there then. */
const looks: Record<string, { at: () => string; ready: (page: Page) => Promise<void> }> = {
  projects: { at: () => `/projects?q=${project}`, ready: (page) => page.getByText("Latency P50").waitFor() },
  "projects-nothing-found": {
    at: () => "/projects?q=no-such-project-anywhere",
    ready: (page) => page.getByRole("heading", { name: "No projects found" }).waitFor(),
  },
  "first-trace": {
    at: () => `/redirects/projects/${project}-empty`,
    ready: (page) => page.getByRole("heading", { name: "Send a trace" }).waitFor(),
  },
  spans: {
    at: () => `${path}/spans?spanFilterCondition=`,
    ready: (page) => page.getByText("find_order").first().waitFor(),
  },
  "spans-nothing-in-range": {
    at: () => `${path}/spans?timeRangeStart=2020-01-01T00:00:00Z&timeRangeEnd=2020-01-02T00:00:00Z`,
    ready: (page) => page.getByText("No spans").first().waitFor(),
  },
  traces: { at: () => `${path}/traces`, ready: (page) => page.getByText("support_agent").first().waitFor() },
  "trace-drawer": {
    at: () => `${path}/traces/${traceId}`,
    ready: (page) => page.getByRole("article").waitFor(),
  },
  "trace-page": {
    at: () => `${path}/traces/${traceId}?view=page`,
    ready: (page) => page.getByRole("article").waitFor(),
  },
  "trace-unknown": {
    at: () => `${path}/traces/00000000000000000000000000000000`,
    ready: (page) => page.getByRole("heading", { name: "There is no such trace" }).waitFor(),
  },
  preferences: {
    at: () => "/profile/preferences",
    ready: (page) => page.getByRole("combobox", { name: "Time zone" }).waitFor(),
  },
  "not-found": {
    at: () => "/nothing/here",
    ready: (page) => page.getByRole("heading", { name: "There is no such page" }).waitFor(),
  },
  gallery: { at: () => "/gallery", ready: (page) => page.getByRole("heading", { name: "Long texts" }).waitFor() },
};

beforeAll(async () => {
  traceId = await sendTrace(project, supportQuestion, { secondsAgo: 30 });
  path = await projectPath(project);
});

describe.each(["light", "dark"] as Theme[])("in the %s theme", (theme) => {
  it.each(Object.keys(looks))("%s has no accessibility problem, at any width", async (name) => {
    const { at, ready } = looks[name]!;
    const page = await open(at(), { theme, expected: /status of 404|ApiError/, reducedMotion: "reduce" });
    await ready(page);
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await screenshot(page, `${name}-${size}-${theme}`);
      expect(await accessibilityProblems(page)).toEqual([]);
      // Nothing is cut off: the page itself never scrolls sideways.
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    }
  });

  it("its overlays have no accessibility problem either", async () => {
    const page = await open("/gallery", { theme, reducedMotion: "reduce" });
    await page.getByRole("button", { name: "Open a dialog" }).click();
    await page.getByRole("dialog", { name: "Open a dialog" }).waitFor();
    await screenshot(page, `dialog-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete something dear" }).click();
    const confirm = page.getByRole("alertdialog", { name: "Delete something dear" });
    expect(await confirm.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    await confirm.getByRole("textbox", { name: "Type gallery to confirm" }).fill("gallery");
    await screenshot(page, `confirm-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await confirm.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "It is done" }).click();
    await page.getByRole("button", { name: "It is not done" }).click();
    await page.getByRole("alert").getByText("The server refused").waitFor();
    await screenshot(page, `toasts-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
