import type { Page, Route } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { annotateSpans, annotateTraces } from "./support/annotations";
import { sendTrace } from "./support/otlp";
import { base, graphql, projectName, projectPath } from "./support/server";

const project = projectName("workspace");
const COUNT = 60;
const DAY_S = 86_400;
let path: string;
let traces: string[];

/** An agent with a call of a model and a tool below it, every seventh of them failing. */
const request = (index: number) => ({
  name: `answer ${index}`,
  kind: "AGENT",
  ms: 400 + (index % 9) * 180,
  attributes: { "input.value": `Where is order ${index}?`, "session.id": `${project}-${index % 12}` },
  children: [
    {
      name: "gpt-5-mini",
      kind: "LLM",
      at: 20,
      ms: 300,
      attributes: {
        "llm.model_name": "gpt-5-mini",
        "llm.token_count.prompt": 900 + index * 10,
        "llm.token_count.completion": 120,
        "input.value": "order",
      },
    },
    {
      name: "find_order",
      kind: "TOOL",
      at: 330,
      ms: 40,
      ...(index % 7 === 0 ? { error: "order not found" } : {}),
    },
  ],
});

beforeAll(async () => {
  traces = await Promise.all(
    Array.from({ length: COUNT }, (_, index) =>
      sendTrace(project, request(index), { secondsAgo: 40 + Math.round((index / COUNT) * 6 * DAY_S) }),
    ),
  );
  path = await projectPath(project);
  const { node } = await graphql<{
    node: { spans: { edges: { node: { spanId: string; name: string } }[] } };
  }>(
    'query ($id: ID!) { node(id: $id) { ... on Project { spans(first: 100, filterCondition: "parent_id is None") { edges { node { spanId name } } } } } }',
    { id: decodeURIComponent(path.split("/")[2] ?? "") },
  );
  const roots = node.spans.edges.map((edge) => edge.node);
  await annotateSpans(
    roots.slice(0, 40).flatMap(({ spanId }, index) => [
      {
        spanId,
        said: {
          name: "correctness",
          annotator_kind: "LLM" as const,
          label: index % 4 === 0 ? "wrong" : "right",
          score: (index % 10) / 10,
        },
      },
      ...(index % 3 === 0
        ? [{ spanId, said: { name: "helpful", annotator_kind: "HUMAN" as const, score: index % 2 } }]
        : []),
    ]),
  );
  await annotateTraces(
    traces.slice(0, 10).map((traceId) => ({
      traceId,
      said: { name: "resolved", annotator_kind: "CODE" as const, label: "yes", score: 1 },
    })),
  );
});

const field = (page: Page) => page.getByRole("combobox", { name: /^Filter/ });
/** As far as they are drawn; a bar over the table leaves room for fewer. */
const SURE = 20;

const names = (page: Page) => page.getByRole("grid").getByRole("link").allInnerTexts();
const option = (page: Page, name: string) => page.getByRole("option", { name, exact: false }).first();

async function openSpans(search = "", options: Parameters<typeof open>[1] = {}): Promise<Page> {
  const page = await open(`${path}/spans${search}`, options);
  await page.getByRole("grid", { name: "Spans" }).getByRole("link").first().waitFor();
  return page;
}

describe("the filter of the spans", () => {
  it("begins with the roots, and once cleared stays so in the address", async () => {
    const page = await openSpans();
    expect(await field(page).inputValue()).toBe("parent_id is None");
    expect((await names(page)).every((name) => name.startsWith("answer"))).toBe(true);
    await page.getByRole("button", { name: "Clear filter" }).click();
    await page.waitForURL(`${base}${path}/spans?spanFilterCondition=`);
    await page.getByRole("link", { name: "find_order" }).first().waitFor();
    await page.reload();
    await page.getByRole("link", { name: "find_order" }).first().waitFor();
    expect(await field(page).inputValue()).toBe("");
    await field(page).click();
    await option(page, "Root spans only").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "filter-suggestions-light");
  });

  it("is completed from the keyboard, part by part, and applied while one types", async () => {
    const page = await openSpans("?spanFilterCondition=", { theme: "dark" });
    await page.keyboard.press("/");
    await page.keyboard.type("span_k");
    await option(page, "span_kind").waitFor();
    await screenshot(page, "filter-fields-dark");
    await page.keyboard.press("Enter");
    await page.keyboard.type("== ");
    await option(page, "LLM").waitFor();
    await screenshot(page, "filter-values-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.type("'LL");
    await page.keyboard.press("Enter");
    await page.waitForURL(/spanFilterCondition=span_kind/);
    await expect.poll(async () => [...new Set(await names(page))]).toEqual(["gpt-5-mini"]);
    expect(await field(page).inputValue()).toBe("span_kind == 'LLM' ");
    await page.keyboard.type("and la");
    await option(page, "latency_ms").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("> 1000000");
    await page.getByRole("heading", { name: "No spans match the filter" }).waitFor();
    await page.keyboard.press("Escape");
    await screenshot(page, "spans-none-match-dark");
  });

  it("says where a mistake is, offers the name that was meant, and keeps the rows meanwhile", async () => {
    const page = await openSpans();
    const before = await names(page);
    await field(page).fill("annotations['correctness'].scores > 0.5");
    const fix = page.getByRole("button", { name: /^Use / });
    await fix.waitFor();
    expect(await field(page).getAttribute("aria-invalid")).toBe("true");
    expect((await names(page)).slice(0, SURE)).toEqual(before.slice(0, SURE));
    expect(page.url()).toBe(`${base}${path}/spans`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "filter-mistake-light");
    await fix.click();
    await page.waitForURL(/spanFilterCondition=annotations/);
    expect(await field(page).inputValue()).toBe("annotations['correctness'].score > 0.5");
    await expect.poll(() => field(page).getAttribute("aria-invalid")).toBe("false");
  });

  it("asks about a name that no attribute has, because it looks mistyped", async () => {
    const page = await openSpans();
    await field(page).focus();
    await field(page).fill("latency_mss > 100");
    await page.getByText("No attribute seen lately is called latency_mss.").waitFor();
    await page.getByRole("button", { name: "Use latency_ms" }).click();
    await page.getByRole("link", { name: "answer 0", exact: true }).waitFor();
    expect(await field(page).inputValue()).toBe("latency_ms > 100");
  });

  it("remembers what was used before", async () => {
    const page = await openSpans();
    await field(page).fill("status_code == 'ERROR'");
    await page.waitForURL(/ERROR/);
    await expect
      .poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("phoenix-filters-"))), {
        timeout: 10_000,
      })
      .toBe(true);
    await page.getByRole("button", { name: "Clear filter" }).click();
    await page.getByRole("group", { name: "Recent" }).getByRole("option", { name: "status_code == 'ERROR'" }).click();
    await page.waitForURL(/spanFilterCondition=status_code/);
    await expect.poll(async () => [...new Set(await names(page))]).toEqual(["find_order"]);
  });

  it("comes back with one press after it was cleared", async () => {
    const page = await openSpans("?spanFilterCondition=span_kind+%3D%3D+%27TOOL%27");
    await page.getByRole("button", { name: "Clear filter" }).click();
    await page.getByRole("status").getByText("Filter cleared").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForURL(/TOOL/);
    expect(await field(page).inputValue()).toBe("span_kind == 'TOOL'");
  });

  it("is gone when it is cleared while the address still changes to it", async () => {
    const page = await openSpans("?spanFilterCondition=");
    await field(page).evaluate((input: HTMLInputElement) => {
      const replace = history.replaceState.bind(history);
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!;
      history.replaceState = (...change) => {
        replace(...change);
        if (!String(change[2]).includes("find_order")) return;
        history.replaceState = replace;
        // The page has been told, and has not drawn it yet.
        setTimeout(() => {
          set?.call(input, "");
          input.dispatchEvent(new Event("input", { bubbles: true }));
        });
      };
    });
    await field(page).fill("name == 'find_order'");
    await page.waitForURL(/find_order/);
    await page.waitForURL(`${base}${path}/spans?spanFilterCondition=`);
    await expect.poll(async () => new Set(await names(page)).size).toBeGreaterThan(1);
    expect(await field(page).inputValue()).toBe("");
  });

  it("is in the address: a wrong one is explained in place of the rows, and mended above them", async () => {
    const page = await open(`${path}/spans?spanFilterCondition=latency_ms+%3E`, { expected: /ApiError|character/ });
    await page.getByRole("alert").getByText("The filter is not applied").waitFor();
    expect(await field(page).inputValue()).toBe("latency_ms >");
    await screenshot(page, "filter-address-wrong-light");
    await field(page).fill("latency_ms > 1");
    await page.getByRole("grid", { name: "Spans" }).getByRole("link").first().waitFor();
  });
});

describe("an address", () => {
  it("that is sent to somebody shows them the same rows, trace and span", async () => {
    const page = await openSpans("?timeRangeKey=12d");
    await field(page).fill("span_kind == 'LLM'");
    await page.waitForURL(/spanFilterCondition=span_kind/);
    await page.getByRole("link", { name: "gpt-5-mini" }).first().click();
    await page.getByRole("treegrid").getByText("find_order", { exact: true }).click();
    await page.getByRole("article", { name: "Span find_order" }).waitFor();
    await page.waitForURL(/\/spans\/[0-9a-f]{32}\?.*selectedSpanNodeId=/);
    const shared = new URL(page.url());

    const other = await open(shared.pathname + shared.search, { theme: "dark", timezoneId: "Asia/Tokyo" });
    await other.getByRole("article", { name: "Span find_order" }).waitFor();
    expect(await field(other).inputValue()).toBe("span_kind == 'LLM'");
    await other
      .getByRole("button", { name: /Last 12 days/ })
      .first()
      .waitFor();
    expect([...new Set(await names(other))]).toEqual(["gpt-5-mini"]);
    expect(new URL(other.url()).search).toBe(shared.search);
  });

  it("keeps the filter and loses the open row while one goes from tab to tab", async () => {
    const page = await openSpans("?spanFilterCondition=span_kind+%3D%3D+'TOOL'");
    await page.getByRole("link", { name: "find_order" }).first().click();
    await page.getByRole("article", { name: "Span find_order" }).waitFor();
    await page.keyboard.press("Escape");
    const tabs = page.getByRole("navigation", { name: "Project" });
    await tabs.getByRole("link", { name: "Traces" }).click();
    await page.getByRole("grid", { name: "Traces" }).getByRole("link", { name: "answer 0", exact: true }).waitFor();
    expect(page.url()).not.toContain("selectedSpanNodeId");
    await tabs.getByRole("link", { name: "Spans" }).click();
    await page.getByRole("grid", { name: "Spans" }).getByRole("link", { name: "find_order" }).first().waitFor();
    expect(await field(page).inputValue()).toBe("span_kind == 'TOOL'");
    expect(await page.getByRole("article").count()).toBe(0);
  });
});

describe("the filters of traces and sessions", () => {
  it("know their own names, and collections with the names inside", async () => {
    const page = await open(`${path}/traces`, { theme: "dark" });
    await page.getByRole("link", { name: "answer 0", exact: true }).waitFor();
    await field(page).click();
    await option(page, "Any span errored").click();
    await page.waitForURL(/traceFilterCondition=any/);
    await expect.poll(async () => (await names(page)).length).toBe(Math.ceil(COUNT / 7));
    await field(page).fill("any(s. for s in spans)");
    for (let step = 0; step < " for s in spans)".length; step++) await page.keyboard.press("ArrowLeft");
    await option(page, "s.status_code").waitFor();
    await screenshot(page, "filter-collection-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Sessions" }).click();
    await page.getByRole("grid", { name: "Sessions" }).getByRole("row").nth(2).waitFor();
    await field(page).fill("num_traces > 100");
    await page.getByRole("heading", { name: "No sessions match the filter" }).waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await page.getByRole("grid", { name: "Sessions" }).getByRole("row").nth(2).waitFor();
    // Each grain keeps its own condition while one goes from tab to tab.
    expect(page.url()).toContain("traceFilterCondition=any");
  });
});

describe("an answer that does not come", () => {
  const failing = (status: number) => (route: Route) =>
    /PagesQuery|FilterCheck/.test(route.request().postData() ?? "")
      ? route.fulfill({ status, body: `gateway ${status}` })
      : route.continue();

  it.each([500, 504])(
    "with %d leaves the old rows, names the failure there and asks again on request",
    async (status) => {
      const page = await openSpans("", { expected: /ApiError|status of 50/ });
      const before = await names(page);
      await page.route("**/graphql", failing(status));
      await page.keyboard.press("t");
      await page.getByRole("menuitem", { name: "Last hour" }).click();
      const alert = page.getByRole("alert").filter({ hasText: "The rows below are from before." });
      await alert.waitFor();
      expect((await names(page)).slice(0, SURE)).toEqual(before.slice(0, SURE));
      expect(await accessibilityProblems(page)).toEqual([]);
      await screenshot(page, `rows-kept-${status}-light`);
      await page.unroute("**/graphql");
      await alert.getByRole("button", { name: "Retry" }).click();
      await alert.waitFor({ state: "hidden" });
      await expect.poll(async () => (await names(page)).length).toBeLessThan(before.length);
    },
  );

  it.each([503, 504])("with %d keeps what is being typed, and applies it once it could be checked", async (status) => {
    const page = await openSpans("", { expected: /ApiError|status of 50/ });
    const before = await names(page);
    await page.route("**/graphql", failing(status));
    await field(page).fill("span_kind == 'TOOL'");
    if (status === 504) await page.getByText("Not applied yet").filter({ visible: true }).first().waitFor();
    else await page.getByRole("alert").getByText("What you see was read before").waitFor();
    expect(await field(page).inputValue()).toBe("span_kind == 'TOOL'");
    expect((await names(page)).slice(0, SURE)).toEqual(before.slice(0, SURE));
    await screenshot(page, `filter-unchecked-${status}-light`);
    await page.unroute("**/graphql");
    if (status === 504) await page.getByRole("button", { name: "Retry" }).click();
    await page.waitForURL(/TOOL/);
    await expect.poll(async () => [...new Set(await names(page))]).toEqual(["find_order"]);
  });
});

describe("the charts of a project", () => {
  it("are opened with m, stay open, and tell their values to keyboard and mouse alike", async () => {
    const page = await openSpans("", { theme: "dark" });
    expect(await page.getByRole("slider").count()).toBe(0);
    await page.keyboard.press("m");
    const chart = page.getByRole("slider", { name: "Traces" });
    await chart.waitFor();
    await page.getByRole("slider", { name: "Mean scores of spans" }).waitFor();
    const strip = page.getByRole("region", { name: "Charts over time" });
    expect(await strip.innerText()).toMatch(
      new RegExp(`Failed\\s+${Math.ceil(COUNT / 7)}\\s+Ok\\s+${COUNT - Math.ceil(COUNT / 7)}`),
    );
    await chart.focus();
    await page.keyboard.press("End");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(/Failed \d+, Ok \d+/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "charts-dark");
    await page.reload();
    await chart.waitFor();
    await page.setViewportSize({ width: 820, height: 1180 });
    await screenshot(page, "charts-tablet-dark");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it("make a dragged part the time range, and one press brings the range before back", async () => {
    const page = await openSpans();
    await page.keyboard.press("m");
    const chart = page.getByRole("slider", { name: "Traces" });
    await chart.waitFor();
    await screenshot(page, "charts-light");
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 5 });
    await screenshot(page, "charts-brush-light");
    await page.mouse.up();
    await page.waitForURL(/timeRangeStart=.*timeRangeEnd=/);
    await expect.poll(async () => (await names(page)).length).toBeLessThan(COUNT / 2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await names(page)).length).toBeGreaterThan(20);
  });

  it("fail alone, and are read again on request", async () => {
    const page = await openSpans("", { expected: /ApiError|status of 500/ });
    await page.route("**/graphql", (route) =>
      /TraceChartsLatency/.test(route.request().postData() ?? "")
        ? route.fulfill({ status: 500, body: "no" })
        : route.continue(),
    );
    await page.keyboard.press("m");
    const latency = page.getByRole("region", { name: "Latency by quantile" });
    await latency.getByText("Not read").waitFor();
    await page.getByRole("slider", { name: "Traces" }).waitFor();
    await page.unroute("**/graphql");
    await latency.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("slider", { name: "Latency by quantile" }).waitFor();
  });
});

describe("annotations in the tables", () => {
  it("are tokens; a press tells more and chooses rows of which the same was said", async () => {
    const page = await openSpans();
    const token = page.getByRole("button", { name: /^correctness wrong/ }).first();
    await token.waitFor();
    await screenshot(page, "annotation-columns-light");
    await token.click();
    const more = page.getByRole("dialog", { name: "Annotations correctness" });
    await more.getByText("1 annotation").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "annotation-popover-light");
    await more.getByRole("button", { name: "label 'wrong'" }).click();
    await page.waitForURL(/annotations/);
    await expect.poll(async () => (await names(page)).length).toBe(10);
    expect(await field(page).inputValue()).toBe("parent_id is None and annotations['correctness'].label == 'wrong'");
  });

  it("have a column a name, sorted by score, the best first", async () => {
    const page = await openSpans("", { theme: "dark" });
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog", { name: "Columns" }).getByText("correctness", { exact: true }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "correctness", exact: true }).click();
    await page.waitForURL(/sort=annotation/);
    await expect.poll(() => page.getByRole("row").nth(1).innerText()).toMatch(/0\.90/);
    await screenshot(page, "annotation-sorted-dark");
  });

  it("are those of the chosen annotators", async () => {
    const page = await openSpans();
    await page
      .getByRole("button", { name: /^correctness/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Annotated by" }).click();
    await page.getByRole("menuitemcheckbox", { name: "LLM" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Code" }).click();
    await page.keyboard.press("Escape");
    await page.waitForURL(/annotatorKind=HUMAN/);
    await page
      .getByRole("button", { name: /^helpful/ })
      .first()
      .waitFor();
    expect(await page.getByRole("button", { name: /^correctness/ }).count()).toBe(0);
    await page.getByRole("menu").waitFor({ state: "hidden" });
    await page.keyboard.press("m");
    const summary = page.getByRole("list", { name: "Annotations of spans" });
    await summary.getByText("helpful").waitFor();
    expect(await summary.getByText("correctness").count()).toBe(0);
  });

  it("choose rows by who annotated them: all of them, or one name", async () => {
    const page = await openSpans();
    await page.getByRole("button", { name: "Annotated by" }).click();
    await page.getByRole("group", { name: "Only rows annotated by" }).waitFor();
    await screenshot(page, "annotators-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("menuitem", { name: "Human" }).click();
    await page.waitForURL(/annotator_kind/);
    await expect.poll(async () => (await names(page)).length).toBe(14);
    expect(await field(page).inputValue()).toBe(
      "parent_id is None and (annotations['correctness'].annotator_kind == 'HUMAN' or annotations['helpful'].annotator_kind == 'HUMAN')",
    );
    await page.getByRole("button", { name: "Clear filter" }).click();
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /^helpful/ })
      .first()
      .click();
    await page.getByRole("dialog", { name: "Annotations helpful" }).getByRole("button", { name: "by Human" }).click();
    await expect.poll(async () => (await names(page)).length).toBe(14);
    expect(await field(page).inputValue()).toBe("annotations['helpful'].annotator_kind == 'HUMAN'");

    const list = await open(`${path}/traces`);
    await list.getByRole("grid", { name: "Traces" }).getByRole("link").first().waitFor();
    await list.getByRole("button", { name: "Annotated by" }).click();
    await list.getByRole("menuitem", { name: "Code" }).click();
    await expect.poll(async () => (await names(list)).length).toBe(10);
  });
});

describe("the header of a table", () => {
  it("turns the order round with every press, however quickly they come", async () => {
    const page = await openSpans();
    await page.getByRole("button", { name: "Latency" }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.waitForURL(/sort=latencyMs\.asc/);
    await page.getByRole("columnheader", { name: "Latency" }).and(page.locator("[aria-sort=ascending]")).waitFor();
  });

  it("takes a column by the mouse to another place, and back with one press", async () => {
    const page = await openSpans();
    const order = async () => (await page.getByRole("columnheader").allInnerTexts()).slice(1, 6);
    const header = async (name: string) => (await page.getByRole("columnheader", { name, exact: true }).boundingBox())!;
    const output = await header("Output");
    const kind = await header("Kind");
    await page.mouse.move(output.x + 20, output.y + 14);
    await page.mouse.down();
    await page.mouse.move(kind.x + 8, kind.y + 14, { steps: 6 });
    await screenshot(page, "column-drag-light");
    await page.mouse.up();
    await expect.poll(order).toEqual(["Name", "Output", "Kind", "Status", "Input"]);
    await page.reload();
    await expect.poll(order).toEqual(["Name", "Output", "Kind", "Status", "Input"]);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("button", { name: "As it came" }).click();
    await page.keyboard.press("Escape");
    await expect.poll(order).toEqual(["Name", "Kind", "Status", "Input", "Output"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(order).toEqual(["Name", "Output", "Kind", "Status", "Input"]);
  });
});
