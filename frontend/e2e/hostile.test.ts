import type { Locator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAuthServer, type AuthServer } from "./support/access";
import { annotateSpans } from "./support/annotations";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { exportSpans, hex, sendTrace } from "./support/otlp";
import { base, graphql, projectName, projectPath } from "./support/server";

const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const ARABIC = "مرحبا، أين طلبي؟ 🛋️👩🏽‍💻 (4711)";
const NANOS = 1_000_000n;

const tree = (page: Page) => page.getByRole("treegrid", { name: "Spans of the trace" });
const isHacked = (page: Page) => page.evaluate(() => "hacked" in window);

describe("text that is markup, right-to-left or emoji", () => {
  const topic = projectName("hostile");
  const project = `${topic} ${MARKUP}`;
  let path: string;
  let traceId: string;

  beforeAll(async () => {
    traceId = await sendTrace(project, {
      name: MARKUP,
      kind: "LLM",
      ms: 12,
      error: MARKUP,
      exception: { type: MARKUP, message: MARKUP, stacktrace: `${MARKUP}\n  at ${MARKUP}` },
      attributes: {
        "session.id": `${topic} ${MARKUP}`,
        "user.id": MARKUP,
        "llm.model_name": MARKUP,
        "input.value": MARKUP,
        "output.value": ARABIC,
        "tag.tags": [MARKUP],
        metadata: JSON.stringify({ [MARKUP]: MARKUP }),
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": `# ${MARKUP}\n\n[press](javascript:window.hacked=1) ![x](javascript:1)`,
        "llm.input_messages.0.message.tool_calls.0.tool_call.function.name": MARKUP,
        "llm.input_messages.0.message.tool_calls.0.tool_call.function.arguments": MARKUP,
        "llm.tools.0.tool.json_schema": MARKUP,
        "llm.prompt_template.template": MARKUP,
        "retrieval.documents.0.document.content": MARKUP,
        "retrieval.documents.0.document.id": MARKUP,
      },
    });
    path = await projectPath(project);
    const { node } = await graphql<{ node: { spans: { edges: { node: { spanId: string } }[] } } }>(
      "query ($id: ID!) { node(id: $id) { ... on Project { spans(first: 1) { edges { node { spanId } } } } } }",
      { id: decodeURIComponent(path.split("/").at(-1) ?? "") },
    );
    await annotateSpans(
      node.spans.edges.map((edge) => ({
        spanId: edge.node.spanId,
        said: { name: MARKUP, annotator_kind: "LLM", label: MARKUP, score: 0.5 },
      })),
    );
  });

  it("stays text in lists, menus, search and completion", async () => {
    const page = await open(`/projects?q=${topic}`);
    await page.getByRole("main").getByRole("listitem").getByText(MARKUP).first().waitFor();
    await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
    await page.getByRole("link", { name: MARKUP }).first().waitFor();
    const output = page.getByRole("gridcell").getByText(ARABIC);
    await output.waitFor();
    expect(await output.evaluate((cell) => getComputedStyle(cell).direction)).toBe("rtl");
    await screenshot(page, "hostile-spans-light");
    await page.getByRole("combobox", { name: /^Filter/ }).fill("annotations['");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog", { name: "Columns" }).getByText(MARKUP).first().waitFor();
    await page.keyboard.press("Escape");
    for (const tab of ["Traces", "Sessions"]) {
      await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: tab }).click();
      await page.getByRole("grid", { name: tab }).getByRole("row").nth(1).getByText(MARKUP).first().waitFor();
    }
    await page.getByRole("grid", { name: "Sessions" }).getByRole("row").nth(1).click();
    await page.getByRole("article", { name: "Turn 1" }).getByText(MARKUP).first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search" }).getByRole("menuitem").first().waitFor();
    await page.keyboard.type(topic);
    await page.getByRole("menuitem").filter({ hasText: MARKUP }).first().waitFor();
    await screenshot(page, "hostile-palette-light");
    expect(await isHacked(page)).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("stays text in the trace, whatever part of a span it is", async () => {
    const page = await open(`${path}/traces/${traceId}?view=page`);
    const details = page.getByRole("article", { name: `Span ${MARKUP}` });
    await details.getByText(MARKUP).first().waitFor();
    for (const tab of ["Annotations", "Attributes", "Events", "Context", "Info"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByRole("tabpanel").waitFor();
      if (tab !== "Context") await page.getByRole("tabpanel").getByText("onerror").first().waitFor();
    }
    expect(await page.locator('a[href^="javascript"], img[src="x"]').count()).toBe(0);
    expect(await isHacked(page)).toBe(false);
  });
});

describe("times and parents that cannot be", () => {
  it("have a place in the tree: orphans, clock skew, no duration, a circle", async () => {
    const project = projectName("odd");
    const traceId = hex(16);
    const [root, orphan, early, instant, first, second] = Array.from({ length: 6 }, () => hex(8));
    const now = BigInt(Date.now()) * NANOS;
    const span = (
      spanId: string | undefined,
      parentSpanId: string | undefined,
      name: string,
      at: number,
      ms: number,
    ) => ({
      traceId,
      spanId,
      ...(parentSpanId ? { parentSpanId } : {}),
      name,
      startTimeUnixNano: String(now + BigInt(at) * NANOS),
      endTimeUnixNano: String(now + BigInt(at + ms) * NANOS),
    });
    await exportSpans({
      resourceSpans: [
        {
          resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: project } }] },
          scopeSpans: [
            {
              spans: [
                span(root, undefined, "root", 0, 100),
                span(orphan, hex(8), "its parent never came", 20, 10),
                // An hour before its parent, by the clock of another machine.
                span(early, root, "an hour early", -3_600_000, 50),
                span(instant, root, "took no time", 40, 0),
                span(first, second, "first of a circle", 10, 5),
                span(second, first, "second of a circle", 11, 5),
              ] as never,
            },
          ],
        },
      ],
    });
    const page = await open(`${await projectPath(project)}/traces/${traceId}?view=page`);
    for (const name of ["root", "its parent never came", "an hour early", "took no time", "first of a circle"]) {
      await tree(page).getByText(name, { exact: true }).waitFor();
    }
    await tree(page).getByText("second of a circle").waitFor();
    expect(
      await tree(page).getByRole("row").filter({ hasText: "its parent never came" }).getAttribute("aria-level"),
    ).toBe("1");
    expect(await tree(page).getByRole("row").filter({ hasText: "took no time" }).innerText()).toMatch(
      /0\s*ms|0\s*µs|0\s*s/,
    );
    // Every bar lies on the axis.
    const bars = await tree(page).evaluate((grid) =>
      [...grid.querySelectorAll("[role=gridcell] > [data-kind][style*=left]")].map((bar) => {
        const place = bar.parentElement!.getBoundingClientRect();
        const { left, right, width } = bar.getBoundingClientRect();
        return left >= place.left - 1 && right <= place.right + 2 && width >= 1;
      }),
    );
    expect(bars.length).toBeGreaterThanOrEqual(6);
    expect(bars.every(Boolean)).toBe(true);
    await screenshot(page, "trace-odd-light");
    // Without a root of its own the orphan is found where parents are not asked for.
    await page.goto(`${base}${await projectPath(project)}/spans?spanFilterCondition=parent_span+is+None`);
    await page.getByRole("link", { name: "its parent never came" }).waitFor();
  });
});

describe("a server that refuses", () => {
  const project = projectName("refusing");
  let path: string;

  beforeAll(async () => {
    await Promise.all(
      Array.from({ length: 130 }, (_, index) =>
        sendTrace(project, { name: `row ${index}` }, { secondsAgo: 10 + index }),
      ),
    );
    path = await projectPath(project);
  });

  const answer = (operation: RegExp, response: Parameters<Route["fulfill"]>[0]) => (route: Route) =>
    operation.test(route.request().postDataJSON()?.operationName ?? "") ? route.fulfill(response) : route.continue();

  it("with 429 is asked again by itself, and what is there stays", async () => {
    const page = await open(`${path}/spans`, { expected: /status of 429/ });
    await page.getByRole("link", { name: "row 0", exact: true }).waitFor();
    await page.route("**/graphql", answer(/./, { status: 429, body: "Too Many Requests" }));
    await page.getByRole("combobox", { name: /^Filter/ }).fill("name == 'row 7'");
    await page.getByRole("alert").getByText("What you see was read before").waitFor();
    expect(await page.getByRole("link", { name: "row 0", exact: true }).isVisible()).toBe(true);
    await screenshot(page, "rate-limited-light");
    await page.unroute("**/graphql");
    await expect.poll(() => page.getByRole("grid").getByRole("link").allInnerTexts()).toEqual(["row 7"]);
    expect(await page.getByRole("combobox", { name: /^Filter/ }).inputValue()).toBe("name == 'row 7'");
  });

  it("with 403 says so where it was asked, and keeps the rows", async () => {
    const page = await open(`${path}/spans`, { expected: /ApiError|status of 403/ });
    await page.getByRole("link", { name: "row 0", exact: true }).waitFor();
    await page.route("**/graphql", answer(/PagesQuery/, { status: 403, body: "no" }));
    await page.getByRole("button", { name: "Latency", exact: true }).click();
    await page.getByRole("alert").getByText("The rows below are from before").waitFor();
    expect(await page.getByRole("link", { name: "row 0", exact: true }).isVisible()).toBe(true);
    await screenshot(page, "forbidden-light");
  });

  it("says below the rows why the next ones are not there, and reads them on request", async () => {
    const page = await open(`${path}/spans`, { expected: /ApiError|status of 500/ });
    await page.getByRole("link", { name: "row 0", exact: true }).waitFor();
    await page.route("**/graphql", answer(/PagesQuery/, { status: 500, body: "no" }));
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("End");
    const alert = page.getByRole("alert").filter({ hasText: "The rows after these could not be read." });
    await alert.waitFor();
    await alert.scrollIntoViewIfNeeded();
    await screenshot(page, "next-rows-failed-light");
    await page.unroute("**/graphql");
    await alert.getByRole("button", { name: "Retry" }).click();
    await alert.waitFor({ state: "hidden" });
    await grid.focus();
    await expect
      .poll(async () => {
        await page.keyboard.press("End");
        return page.getByRole("link", { name: "row 129" }).isVisible();
      })
      .toBe(true);
  });
});

describe("a server that is restarted", () => {
  let server: AuthServer;

  beforeAll(async () => {
    server = await startAuthServer({ PHOENIX_ENABLE_AUTH: "false" });
  }, 120_000);

  afterAll(() => server.stop());

  it("is waited for: the page stays, what is typed stays, and goes on by itself", async () => {
    const project = projectName("restarted");
    await sendTrace(project, { name: "stored before" }, { secondsAgo: 5, to: server.base });
    const page = await open("/projects", { at: server.base, expected: /ERR_CONNECTION|Failed to load|status of 50/ });
    await page.getByRole("main").getByRole("link", { name: project }).click();
    await page.getByRole("link", { name: "stored before" }).waitFor();
    const filter = page.getByRole("combobox", { name: /^Filter/ });
    await server.restart(async () => {
      await page.getByRole("alert").getByText("What you see was read before").waitFor();
      await filter.fill("name == 'stored after'");
      expect(await page.getByRole("link", { name: "stored before" }).isVisible()).toBe(true);
      await screenshot(page, "server-restart-light");
    });
    await sendTrace(project, { name: "stored after" }, { to: server.base });
    await page.getByRole("alert").waitFor({ state: "hidden", timeout: 30_000 });
    await page.getByRole("link", { name: "stored after" }).waitFor({ timeout: 30_000 });
    expect(await filter.inputValue()).toBe("name == 'stored after'");
  }, 120_000);
});

describe("code that comes when something is opened", () => {
  const project = projectName("opened");
  const half = "latency_ms > ";
  let path: string;
  let traceId: string;

  beforeAll(async () => {
    traceId = await sendTrace(project, { name: "opened late", kind: "LLM" }, { secondsAgo: 5 });
    path = await projectPath(project);
  });

  type Server = "here" | "away" | "newer";
  const files = /\/assets\/(details|CommandPalette|MoveTraces|DeleteTraces|HeaderMenu|Charts)-[^/]*\.js/;

  /** The list of spans with half a condition typed, and what the server does with the code of what opens from it. */
  async function openList(state: Server): Promise<[Page, (next: Server) => void]> {
    let server = state;
    const answer = (route: Route) => {
      if (server === "here") return route.continue();
      return server === "away" ? route.abort("connectionrefused") : route.fulfill({ status: 404, body: "no file" });
    };
    const page = await open(`${path}/spans`, {
      expected: /Failed to load|ERR_CONNECTION|status of 404|ApiError/,
      before: (fresh) => fresh.route(files, answer),
    });
    await page.getByRole("link", { name: "opened late" }).waitFor();
    if (server === "away") await page.route("**/graphql", answer);
    await page.getByRole("combobox", { name: /^Filter/ }).fill(half);
    await page.keyboard.press("Escape");
    return [page, (next) => (server = next)];
  }

  const bar = (page: Page) => page.getByRole("alert").getByText("What you see was read before");

  async function expectList(page: Page): Promise<void> {
    expect(await page.getByRole("link", { name: "opened late" }).isVisible()).toBe(true);
    expect(await page.getByRole("combobox", { name: /^Filter/ }).inputValue()).toBe(half);
  }

  const openings: Record<string, { act: (page: Page) => Promise<void>; opened: (page: Page) => Locator }> = {
    "a trace": {
      act: (page) => page.getByRole("link", { name: "opened late" }).click(),
      opened: (page) => page.getByRole("article", { name: "Span opened late" }),
    },
    "the peek": {
      act: async (page) => {
        await page.getByRole("grid").focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("p");
      },
      opened: (page) => page.getByRole("article", { name: "Span opened late" }),
    },
    "the palette": {
      act: (page) => page.keyboard.press("Control+k"),
      opened: (page) => page.getByRole("dialog", { name: "Search" }),
    },
    "a dialog": {
      act: async (page) => {
        // By the keyboard: what is wrong with the condition is told over the header.
        await page.getByRole("grid").focus();
        await page.keyboard.press("Control+a");
        await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Delete" }).click();
      },
      opened: (page) => page.getByRole("alertdialog", { name: "Delete 1 trace?" }),
    },
  };
  const names = Object.keys(openings);

  it.each(names)("is waited for while the server is away: %s", async (name) => {
    const { act, opened } = openings[name]!;
    const [page, setServer] = await openList("away");
    await act(page);
    await bar(page).waitFor();
    expect(await opened(page).count()).toBe(0);
    await expectList(page);
    setServer("here");
    await opened(page).waitFor();
    await bar(page).waitFor({ state: "hidden" });
    expect(await page.getByRole("combobox", { name: /^Filter/, includeHidden: true }).inputValue()).toBe(half);
  });

  it.each(names)("that a newer version has replaced is said to be, where it was opened: %s", async (name) => {
    const { act, opened } = openings[name]!;
    const [page, setServer] = await openList("newer");
    await act(page);
    await page.getByRole("alert").getByText("The server has a newer version").waitFor();
    expect(await page.getByRole("combobox", { name: /^Filter/, includeHidden: true }).inputValue()).toBe(half);
    expect(await page.getByRole("link", { name: "opened late", includeHidden: true }).count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, `outdated-${name.replaceAll(" ", "-")}-light`);
    setServer("here");
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("link", { name: "opened late" }).first().waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    if (name === "a trace") await opened(page).waitFor();
  });

  it("leaves the list alone when it is closed again", async () => {
    const [page] = await openList("newer");
    await page.getByRole("link", { name: "opened late" }).click();
    const failed = page.getByRole("region", { name: "Not opened" });
    await failed.waitFor();
    expect(page.url()).toContain(traceId);
    await page.keyboard.press("Escape");
    await failed.waitFor({ state: "hidden" });
    await page.waitForURL(`${base}${path}/spans`);
    await expectList(page);
  });
});
