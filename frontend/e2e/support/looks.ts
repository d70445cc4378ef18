import { beforeAll, describe, expect, it } from "vitest";
import type { Page, Route } from "playwright-core";
import { annotateSpans } from "./annotations";
import { accessibilityProblems, open, screenshot, type Theme } from "./browser";
import { sendTrace, type SpanSpec } from "./otlp";
import { graphql, projectName, projectPath } from "./server";
import { supportQuestion } from "./story";

const project = projectName("looks");
const sessionId = `${project}-session`;
let path: string;
let traceId: string;
let failing: string;
let session: string;

const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
};

type Look = {
  at: () => string;
  /** Before the page is opened. */
  given?: (page: Page) => Promise<unknown>;
  ready: (page: Page) => Promise<void>;
};

const firstOf = (text: string) => (page: Page) => page.getByText(text).first().waitFor();
const article = (page: Page) => page.getByRole("article").first().waitFor();
const operation = (wanted: RegExp, run: (route: Route) => Promise<void>) => (page: Page) =>
  page.route("**/graphql", (route) =>
    wanted.test(route.request().postDataJSON()?.operationName ?? "") ? run(route) : route.continue(),
  );
const silent = () => new Promise<void>(() => {});
const broken = (route: Route) => route.fulfill({ status: 500, body: "<html>Internal Server Error</html>" });
const preferring = (all: object) => (page: Page) =>
  page.addInitScript((text) => {
    // Empty pages have no storage.
    if (location.protocol !== "about:") localStorage.setItem("phoenix-preferences", text);
  }, JSON.stringify(all));
/** As `lib/preferences.ts` writes them. */
const preferences = {
  version: 2,
  timeRangeKey: "7d",
  live: true,
  projectsView: "grid",
  projectsSort: { column: "endTime", direction: "desc" },
  navExpanded: false,
  rowsExpanded: false,
  peek: false,
  metrics: false,
  textMode: "markdown",
  language: "python",
};

/** Every page and state that needs no account: how one gets there, and what is there then. */
const looks: Record<string, Look> = {
  projects: { at: () => `/projects?q=${project}`, ready: firstOf("Latency P50") },
  "projects-table": {
    at: () => `/projects?q=${project}`,
    given: preferring({ ...preferences, projectsView: "table", navExpanded: true }),
    ready: (page) => page.getByRole("grid").getByRole("row").nth(1).waitFor(),
  },
  "projects-loading": {
    at: () => "/projects",
    given: operation(/ProjectList/, silent),
    ready: (page) => page.locator(".skeleton").first().waitFor(),
  },
  "projects-failed": {
    at: () => "/projects",
    given: operation(/ProjectList/, broken),
    ready: (page) => page.getByRole("button", { name: "Retry" }).waitFor(),
  },
  "projects-nothing-found": {
    at: () => "/projects?q=no-such-project-anywhere",
    ready: (page) => page.getByRole("heading", { name: "No projects found" }).waitFor(),
  },
  "first-trace": {
    at: () => `/redirects/projects/${project}-empty`,
    ready: (page) => page.getByRole("heading", { name: "Send a trace" }).waitFor(),
  },
  spans: { at: () => `${path}/spans?spanFilterCondition=`, ready: firstOf("find_order") },
  "spans-expanded": {
    at: () => `${path}/spans?spanFilterCondition=`,
    given: preferring({ ...preferences, rowsExpanded: true, navExpanded: true }),
    ready: firstOf("find_order"),
  },
  "spans-charts": {
    at: () => `${path}/spans?spanFilterCondition=`,
    given: preferring({ ...preferences, metrics: true }),
    ready: async (page) => {
      await firstOf("find_order")(page);
      await page.getByRole("slider", { name: "Traces" }).waitFor();
    },
  },
  "spans-peek": {
    at: () => `${path}/spans?spanFilterCondition=`,
    given: preferring({ ...preferences, peek: true }),
    ready: async (page) => {
      await firstOf("find_order")(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("ArrowDown");
      await article(page);
    },
  },
  "spans-loading": {
    at: () => `${path}/spans`,
    given: operation(/PagesQuery/, silent),
    ready: (page) => page.getByRole("grid").locator(".skeleton").first().waitFor(),
  },
  "spans-failed": {
    at: () => `${path}/spans`,
    given: operation(/PagesQuery/, broken),
    ready: (page) => page.getByRole("button", { name: "Retry" }).waitFor(),
  },
  "spans-nothing-in-range": {
    at: () => `${path}/spans?timeRangeStart=2020-01-01T00:00:00Z&timeRangeEnd=2020-01-02T00:00:00Z`,
    ready: firstOf("No spans"),
  },
  traces: { at: () => `${path}/traces`, ready: firstOf("support_agent") },
  sessions: { at: () => `${path}/sessions`, ready: firstOf(sessionId) },
  session: {
    at: () => `${path}/sessions/${encodeURIComponent(session)}`,
    ready: (page) => page.getByRole("article", { name: "Turn 1" }).waitFor(),
  },
  "sessions-none": {
    at: () => `${path}/sessions?timeRangeStart=2020-01-01T00:00:00Z&timeRangeEnd=2020-01-02T00:00:00Z`,
    ready: firstOf("No sessions"),
  },
  "trace-drawer": { at: () => `${path}/traces/${traceId}`, ready: article },
  "trace-page": { at: () => `${path}/traces/${traceId}?view=page`, ready: article },
  "trace-failing": { at: () => `${path}/traces/${failing}?view=page`, ready: article },
  "trace-conversation": {
    at: () => `${path}/traces/${traceId}?view=page&traceView=conversation`,
    ready: async (page) => {
      await article(page);
      await page.getByRole("button", { name: "Show the span answer" }).waitFor();
    },
  },
  ...Object.fromEntries(
    ["annotations", "attributes", "events", "context"].map((tab): [string, Look] => [
      `span-${tab}`,
      { at: () => `${path}/traces/${failing}?view=page&spanTab=${tab}`, ready: article },
    ]),
  ),
  "trace-loading": {
    at: () => `${path}/traces/${traceId}?view=page`,
    given: (page) => page.route("**/skeleton*", silent),
    ready: (page) => page.locator("main .skeleton").first().waitFor(),
  },
  "span-failed": {
    at: () => `${path}/traces/${traceId}?view=page`,
    given: operation(/SpanDetails/, broken),
    ready: (page) => page.getByRole("button", { name: "Retry" }).waitFor(),
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

const broke: SpanSpec = {
  name: "nightly_report",
  kind: "AGENT",
  ms: 900,
  error: "the report was not written",
  attributes: { "session.id": sessionId, "input.value": "Write the report of yesterday." },
  children: [
    {
      name: "summarise",
      kind: "LLM",
      at: 320,
      ms: 100,
      error: "context too long",
      attributes: { "llm.model_name": "gpt-5-mini", "input.value": "All orders of 2026-11-21" },
      exception: {
        type: "ContextLengthError",
        message: "requested 140,221 tokens, the model takes 128,000",
        stacktrace: 'Traceback (most recent call last):\n  File "report.py", line 12, in run\n    write(rows)',
      },
    },
  ],
};

/** Looks at all of them in one theme; each theme is a file, so that they are looked at side by side. */
export function lookAtEverything(theme: Theme): void {
  beforeAll(async () => {
    traceId = await sendTrace(
      project,
      { ...supportQuestion, attributes: { ...supportQuestion.attributes, "session.id": sessionId } },
      { secondsAgo: 30 },
    );
    failing = await sendTrace(project, broke, { secondsAgo: 10 });
    path = await projectPath(project);
    const { node, found } = await graphql<{
      node: { spans: { edges: { node: { spanId: string; name: string } }[] } };
      found: { id: string };
    }>(
      "query ($id: ID!, $session: String!) { node(id: $id) { ... on Project { spans(first: 50) { edges { node { spanId name } } } } } found: getProjectSessionById(sessionId: $session) { id } }",
      { id: decodeURIComponent(path.split("/").at(-1) ?? ""), session: sessionId },
    );
    session = found.id;
    await annotateSpans(
      node.spans.edges
        .filter((edge) => ["answer", "summarise", "support_agent"].includes(edge.node.name))
        .flatMap(({ node: { spanId } }) => [
          { spanId, said: { name: "faithful", annotator_kind: "LLM" as const, label: "yes", score: 0.93 } },
          { spanId, said: { name: "faithful", annotator_kind: "HUMAN" as const, label: "no", score: 0.2 } },
          { spanId, said: { name: "tone", annotator_kind: "CODE" as const, label: "friendly" } },
        ]),
    );
  });

  describe(`in the ${theme} theme`, () => {
    // What is there is the same in both.
    const only = theme === "dark" ? "colours" : undefined;

    it.each(Object.keys(looks))("%s has no accessibility problem, at any width", async (name) => {
      const { at, given, ready } = looks[name]!;
      const page = await open(at(), {
        theme,
        expected: /status of (404|500)|ApiError/,
        reducedMotion: "reduce",
        ...(given ? { before: given } : {}),
      });
      await ready(page);
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        await screenshot(page, `${name}-${size}-${theme}`);
        expect(await accessibilityProblems(page, only)).toEqual([]);
        // Nothing is cut off: the page itself never scrolls sideways.
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      }
    });

    it("its overlays have no accessibility problem either", async () => {
      const page = await open("/gallery", { theme, reducedMotion: "reduce" });
      await page.getByRole("button", { name: "Open a dialog" }).click();
      await page.getByRole("dialog", { name: "Open a dialog" }).waitFor();
      await screenshot(page, `dialog-${theme}`);
      expect(await accessibilityProblems(page, only)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Delete something dear" }).click();
      const confirm = page.getByRole("alertdialog", { name: "Delete something dear" });
      expect(await confirm.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
      await confirm.getByRole("textbox", { name: "Type gallery to confirm" }).fill("gallery");
      await screenshot(page, `confirm-${theme}`);
      expect(await accessibilityProblems(page, only)).toEqual([]);
      await confirm.getByRole("button", { name: "Send" }).click();
      await page.getByRole("button", { name: "It is done" }).click();
      await page.getByRole("button", { name: "It is not done" }).click();
      await page.getByRole("alert").getByText("The server refused").waitFor();
      await screenshot(page, `toasts-${theme}`);
      expect(await accessibilityProblems(page, only)).toEqual([]);
    });
  });
}
