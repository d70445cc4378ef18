import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, activeRow, open, screenshot } from "./support/browser";
import { exportSpans, hex, sendRecording, sendTrace, type SpanSpec } from "./support/otlp";
import { base, graphql, projectName, projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

const project = projectName("support");
let path: string;
let question: string;
let workflow: string;

const failing: SpanSpec = {
  name: "nightly_report",
  kind: "AGENT",
  ms: 900,
  error: "the report was not written",
  children: [
    { name: "collect", at: 10, ms: 200, children: [{ name: "query", kind: "TOOL", at: 20, ms: 90 }] },
    {
      name: "write",
      at: 300,
      ms: 500,
      error: "the report was not written",
      children: [
        {
          name: "summarise",
          kind: "LLM",
          at: 320,
          ms: 100,
          error: "context too long",
          exception: {
            type: "ContextLengthError",
            message: "requested 140,221 tokens, the model takes 128,000",
            stacktrace:
              'Traceback (most recent call last):\n  File "report.py", line 12, in run\n    write(rows)\nContextLengthError',
          },
        },
        { name: "store", kind: "TOOL", at: 450, ms: 100, error: "nothing to store" },
      ],
    },
  ],
};

beforeAll(async () => {
  question = await sendTrace(project, supportQuestion, { secondsAgo: 240 });
  workflow = await sendTrace(project, failing, { secondsAgo: 60 });
  path = await projectPath(project);
});

const tree = (page: Page) => page.getByRole("treegrid", { name: "Spans of the trace" });
async function spanId(trace: string, name: string): Promise<string | undefined> {
  const response = await fetch(`${base}/v1/projects/${project}/spans?trace_id=${trace}&name=${name}`);
  const { data } = (await response.json()) as { data: { id: string }[] };
  return data[0]?.id;
}

const details = (page: Page, span: string) => page.getByRole("article", { name: `Span ${span}`, exact: true });

describe("a trace", () => {
  it("opens beside its list with the tree, bars and tokens of every span", async () => {
    const page = await open(`${path}/traces`);
    await page.getByRole("link", { name: "support_agent" }).click();
    await details(page, "support_agent").waitFor();
    expect((await tree(page).getByRole("row").allInnerTexts()).map((row) => row.split("\n").filter(Boolean))).toEqual([
      ["Span", "Timeline", "0", "2 s", "Latency", "Tokens"],
      ["Agent", "support_agent", "4.18s"],
      ["Guardrail", "check_input", "141ms"],
      ["LLM", "plan", "842ms", "669"],
      ["Tool", "find_order", "188ms"],
      ["Chain", "find_policies", "640ms"],
      ["Embedding", "embed_question", "96.0ms", "22"],
      ["Retriever", "search_policies", "174ms"],
      ["Reranker", "rerank", "340ms"],
      ["LLM", "answer", "2.10s", "1,330"],
      ["Evaluator", "grade_answer", "190ms"],
    ]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "trace-drawer-light");
  });

  it("is walked with the arrow keys, and the address follows", async () => {
    const page = await open(`${path}/traces/${question}`);
    await details(page, "support_agent").waitFor();
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await details(page, "plan").waitFor();
    await page.waitForURL(/selectedSpanNodeId=/);
    for (const key of ["End", "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
    expect(await activeRow(page, "treegrid")).toMatch(/find_policies\s+\+3/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type("an");
    await details(page, "answer").waitFor();
    const answer = await spanId(question, "answer");
    await page.waitForURL((url) => url.searchParams.get("selectedSpanNodeId") === answer);
    await page.reload();
    await details(page, "answer").waitFor();
    expect(await activeRow(page, "treegrid")).toContain("answer");
  });

  it("is searched by names at once, and by what its spans hold", async () => {
    const page = await open(`${path}/traces/${question}`);
    await details(page, "support_agent").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("polic");
    // Two names have it; the policies are named in five more spans, which say so.
    await page.getByText("7 of 10").waitFor();
    await tree(page)
      .getByRole("row", { name: /rerank.*Found in its texts/s })
      .waitFor();
    await page.waitForURL(/find=polic/);
    await screenshot(page, "trace-search-light");
    await page.keyboard.press("Escape");
    await page.getByText("7 of 10").waitFor({ state: "hidden" });
    expect(await tree(page).getByRole("row").count()).toBe(11);
    await page.keyboard.type("furniture shop");
    await page.getByText("2 of 10").waitFor();
    await page.waitForURL(/find=furniture/);
    await page.reload();
    await page.getByText("2 of 10").waitFor();
  });

  it("is searched in attributes of the sender's own, too", async () => {
    // In a project of its own: the list that j and k go along stays as it is.
    const shop = projectName("shop");
    const own = await sendTrace(shop, {
      name: "checkout",
      children: [{ name: "pay", attributes: { "shop.basket.owner": "Penelope Example" } }, { name: "ship" }],
    });
    const page = await open(`${await projectPath(shop)}/traces/${own}`);
    await details(page, "checkout").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("penelope ex");
    await tree(page)
      .getByRole("row", { name: /pay.*Found in its texts/s })
      .waitFor();
    await page.getByText("1 of 3").waitFor();
  });

  it("goes from page to drawer to list, one step at a time", async () => {
    const page = await open(`${path}/traces`);
    await page.getByRole("link", { name: "support_agent" }).click();
    await details(page, "support_agent").waitFor();
    await page.keyboard.press("f");
    await page.waitForURL(/view=page/);
    // The address changes before the page does.
    const separator = page.getByRole("separator", { name: "Resize the trace" });
    await separator.waitFor({ state: "hidden" });
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("view=page"));
    await separator.waitFor();
    await tree(page).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL(`${base}${path}/traces`);
    await tree(page).waitFor({ state: "hidden" });
  });

  it("takes one step for every key, however fast they come", async () => {
    const page = await open(`${path}/traces/${question}`);
    await details(page, "support_agent").waitFor();
    await page.keyboard.press("f");
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("view=page"));
    await page.getByRole("separator", { name: "Resize the trace" }).waitFor();
    expect(page.url()).toContain(question);
    expect(await tree(page).isVisible()).toBe(true);
  });

  it("shows what its end waited for with c, and folds a kind of spans", async () => {
    // In a project of its own: other tests count on who is next in the list.
    const own = projectName("fan");
    const fan = await sendTrace(own, {
      name: "fan_out",
      ms: 100,
      children: [
        { name: "slow", ms: 90 },
        { name: "quick", ms: 20 },
      ],
    });
    const page = await open(`${await projectPath(own)}/traces/${fan}?view=page`);
    const name = (span: string) => tree(page).getByText(span, { exact: true });
    await name("quick").and(page.locator(".text-ink")).waitFor();
    await page.keyboard.press("c");
    await name("quick").and(page.locator(".text-ink-3")).waitFor();
    await name("slow").and(page.locator(".text-ink")).waitFor();
    await screenshot(page, "trace-critical-path-light");
    await page.goto(`${base}${path}/traces/${question}?view=page`);
    await name("rerank").waitFor();
    await page.getByRole("button", { name: "Collapse by kind" }).click();
    await page.getByRole("menuitem", { name: "Collapse Chain (1)" }).click();
    await name("rerank").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Expand all" }).click();
    await name("rerank").waitFor();
  });

  it("says why a span that ends before it starts has no latency, and has a name when its root is its own parent", async () => {
    const faulty = projectName("faulty");
    const traceId = await sendTrace(faulty, {
      name: "skewed",
      ms: 20,
      children: [{ name: "backwards", at: 8, ms: -5 }],
    });
    const page = await open(`${await projectPath(faulty)}/traces/${traceId}`);
    await tree(page).getByText("No latency: it ends 5.0 ms before it starts").waitFor();
    const own = hex(16);
    const itself = hex(8);
    const at = String(BigInt(Date.now()) * 1_000_000n);
    await exportSpans({
      resourceSpans: [
        {
          resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: faulty } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: own,
                  spanId: itself,
                  parentSpanId: itself,
                  name: "its own parent",
                  startTimeUnixNano: at,
                  endTimeUnixNano: at,
                },
              ],
            },
          ],
        },
      ],
    });
    await page.goto(`${base}${await projectPath(faulty)}/traces/${own}`);
    await page.getByRole("heading", { name: "its own parent" }).first().waitFor();
  });

  it("gives way to the next one of the list with j, and back with k", async () => {
    const page = await open(`${path}/traces/${workflow}`);
    await page.getByRole("heading", { name: "nightly_report" }).first().waitFor();
    expect(await page.getByRole("button", { name: "Previous trace" }).isDisabled()).toBe(true);
    await page.keyboard.press("j");
    await page.waitForURL(`${base}${path}/traces/${question}`);
    await details(page, "support_agent").waitFor();
    await page.keyboard.press("k");
    await page.waitForURL(`${base}${path}/traces/${workflow}`);
  });

  it("has a drawer whose width is set with the keyboard, and remembered", async () => {
    const page = await open(`${path}/traces/${question}`);
    // A trace that has just been loaded takes the focus.
    await details(page, "support_agent").waitFor();
    const separator = page.getByRole("separator", { name: "Resize the trace" });
    await separator.focus();
    const before = (await separator.boundingBox())?.x ?? 0;
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await separator.boundingBox())?.x ?? 0).toBeGreaterThan(before + 50);
    const after = (await separator.boundingBox())?.x;
    await page.reload();
    await expect.poll(async () => (await separator.boundingBox())?.x).toBe(after);
  });

  it("stacks its panes on a narrow screen", async () => {
    const page = await open(`${path}/traces/${workflow}`, { viewport: { width: 820, height: 1180 }, theme: "dark" });
    await details(page, "summarise").waitFor();
    const above = await tree(page).boundingBox();
    const below = await details(page, "summarise").boundingBox();
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual((below?.y ?? 0) + 1);
    await screenshot(page, "trace-tablet-dark");
    await page.setViewportSize({ width: 420, height: 860 });
    await screenshot(page, "trace-narrow-dark");
  });

  it("that does not exist says so", async () => {
    const page = await open(`${path}/traces/${hex(16)}`, { expected: /404/ });
    await page.getByRole("heading", { name: "There is no such trace" }).waitFor();
  });

  it("still being sent grows without a reload", async () => {
    const name = projectName("growing");
    const traceId = await sendTrace(name, { name: "first half", ms: 100 });
    const page = await open(`${await projectPath(name)}/traces/${traceId}`);
    await details(page, "first half").waitFor();
    await sendTrace(name, { name: "second half", ms: 50 }, { traceId });
    await tree(page).getByText("second half").waitFor();
    expect(await activeRow(page, "treegrid")).toContain("first half");
  });
});

describe("a failing trace", () => {
  it("opens on the failure that explains the others, with the exception first", async () => {
    const page = await open(`${path}/traces/${workflow}?view=page`);
    const error = details(page, "summarise").getByRole("region", { name: "Error" });
    await error.getByText("ContextLengthError", { exact: true }).first().waitFor();
    await error.getByText("requested 140,221 tokens").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "trace-error-light");
  });

  it("leads from failure to failure with x, into collapsed spans too", async () => {
    const page = await open(`${path}/traces/${workflow}`);
    await details(page, "summarise").waitFor();
    await page.keyboard.press("Home");
    await page.getByRole("button", { name: "Collapse all" }).click();
    await tree(page).getByText("summarise").waitFor({ state: "hidden" });
    for (const name of ["write", "summarise", "store", "nightly_report"]) {
      await page.keyboard.press("x");
      await details(page, name).waitFor();
    }
  });
});

describe("links from elsewhere", () => {
  it("by OpenTelemetry ids and by name lead to the page", async () => {
    const page = await open(`/redirects/traces/${question}`);
    await page.waitForURL(`${base}${path}/traces/${question}`);
    const { getTraceByOtelId: trace } = await graphql<{
      getTraceByOtelId: { spans: { edges: { node: { id: string; spanId: string; name: string } }[] } };
    }>(
      "query ($id: String!) { getTraceByOtelId(traceId: $id) { spans(first: 20) { edges { node { id spanId name } } } } }",
      {
        id: question,
      },
    );
    const rerank = trace.spans.edges.map(({ node }) => node).find(({ name }) => name === "rerank");
    await page.goto(`${base}/redirects/spans/${rerank?.spanId}`);
    await details(page, "rerank").waitFor();
    await page.waitForURL(
      `${base}${path}/spans/${question}?selectedSpanNodeId=${encodeURIComponent(rerank?.id ?? "")}`,
    );
    await page.goto(`${base}/redirects/projects/${project}`);
    await page.waitForURL(`${base}${path}/spans`);
  });

  it("to what is not there name the thing", async () => {
    const page = await open("/redirects/spans/0123456789abcdef");
    await page.getByRole("heading", { name: "There is no such span" }).waitFor();
    await page.goto(`${base}/redirects/traces/0123`);
    await page.getByRole("heading", { name: "There is no such trace" }).waitFor();
  });
});

describe("spans of every kind", () => {
  it("show what a person wants first", async () => {
    const page = await open(`${path}/traces/${question}?view=page`);
    await details(page, "support_agent").waitFor();
    const show = async (name: string) => {
      await tree(page).getByText(name, { exact: true }).click();
      const shown = details(page, name);
      await shown.waitFor();
      return shown;
    };

    const answer = await show("answer");
    await answer.getByText("3 to 5 working days").first().waitFor();
    expect(await answer.getByRole("article").allInnerTexts()).toEqual([
      expect.stringMatching(/^System\s+You are the support assistant/),
      expect.stringMatching(/^User\s+My order 4711/),
      expect.stringMatching(/^Assistant\s+find_order\(order: 4711\)\s.*item: "Desk lamp Lumi"/s),
      expect.stringMatching(/^Assistant\s+Yes\. Your desk lamp Lumi/),
    ]);
    expect(await answer.getByRole("button", { name: /^System/ }).getAttribute("aria-expanded")).toBe("false");
    expect(await answer.innerText()).toMatch(
      /Tokens\s+1,330 \(1,184 in, 146 out\)\s+Cost\s+\$\s*0\.0\d+\s+Model\s+gpt-5\.2/,
    );
    expect(await accessibilityProblems(page)).toEqual([]);

    const reranked = await show("rerank");
    expect(await reranked.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(/^1\s+1\s+policies\/damage#2\s+0\.912\s+Items that arrive damaged/),
      expect.stringMatching(/^2\s+1\s+policies\/refunds#1\s+0\.874\s+Refunds are paid/),
    ]);
    await screenshot(page, "span-reranker-light");

    const retrieved = await show("search_policies");
    expect(await retrieved.getByRole("listitem").count()).toBe(3);
    const embedded = await show("embed_question");
    await embedded.getByText("My order 4711").waitFor();
    const tool = await show("find_order");
    await tool.getByText('"Desk lamp Lumi"').waitFor();
    await tool.getByText("Looks an order up by its number.").waitFor();
  });

  it("let everything that was sent be read: attributes, events, origin", async () => {
    const page = await open(`${path}/traces/${workflow}?view=page`, { theme: "dark" });
    const span = details(page, "summarise");
    await span.getByRole("tab", { name: "Attributes" }).click();
    await span.getByRole("row", { name: /openinference\.span\.kind/ }).waitFor();
    await span.getByRole("searchbox", { name: "Search attributes" }).fill("nothing like it");
    await span.getByText("No attribute has").waitFor();
    await span.getByRole("radio", { name: "JSON", exact: true }).click();
    await span.getByText('"LLM"').waitFor();
    await span.getByRole("tab", { name: "Events 1" }).click();
    await span.getByText('File "report.py", line 12').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await span.getByRole("tab", { name: "Context" }).click();
    await span.getByText("browser-test").first().waitFor();
    await screenshot(page, "span-context-dark");
  });

  it("of real libraries are all readable, and none breaks the page", async () => {
    const name = projectName("recorded");
    for (const recording of [
      "oi-py-manual-kinds",
      "oi-py-openai-hidden",
      "oi-py-anthropic",
      "oi-py-langchain-rag",
      "pydantic-ai-v5",
    ]) {
      await sendRecording(recording, name);
    }
    const { getProjectByName: found } = await graphql<{
      getProjectByName: { traces: { edges: { node: { traceId: string; numSpans: number } }[] } };
    }>(
      "query ($name: String!) { getProjectByName(name: $name) { traces(first: 50) { edges { node { traceId numSpans } } } } }",
      { name },
    );
    const page = await open(await projectPath(name));
    for (const { node } of found.traces.edges) {
      await page.goto(`${base}${await projectPath(name)}/traces/${node.traceId}?view=page`);
      await tree(page).waitFor();
      await page.keyboard.press("Home");
      for (let row = 0; row < node.numSpans; row++) {
        const shown = (await activeRow(page, "treegrid"))
          .split("\n")
          .find((part) => part && !/^[A-Z][a-z]+$|^LLM$/.test(part));
        expect(shown).toBeTruthy();
        await page.getByRole("tab", { name: "Info" }).waitFor();
        expect(await page.getByRole("alert").count()).toBe(0);
        await page.keyboard.press("ArrowDown");
      }
    }
  }, 120_000);
});
