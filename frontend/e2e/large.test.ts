import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { open } from "./support/browser";
import { sendTrace, type SpanSpec } from "./support/otlp";
import { projectName, projectPath } from "./support/server";

const project = projectName("large");
const kinds = ["CHAIN", "LLM", "TOOL", "RETRIEVER", "AGENT"];

beforeAll(async () => {
  const step = (index: number): SpanSpec => ({
    name: `step ${index}`,
    kind: kinds[index % kinds.length] ?? "CHAIN",
    at: index * 4,
    ms: 30,
    attributes: { "input.value": `input ${index}` },
  });
  // 25 branches of 39 spans under one root.
  const children = Array.from({ length: 25 }, (_, branch) => ({
    ...step(branch * 40),
    ms: 160,
    children: Array.from({ length: 39 }, (__, index) => step(branch * 40 + index + 1)),
  }));
  await sendTrace(project, { name: "a thousand spans", kind: "AGENT", ms: 4100, children });
});

describe("a trace of a thousand spans", () => {
  it("scrolls to its last span with no more rows in the document than are seen", async () => {
    const page = await open(`${await projectPath(project)}/traces`);
    await page.getByRole("link", { name: "a thousand spans" }).click();
    const tree = page.getByRole("treegrid");
    await tree.getByText("step 20", { exact: true }).waitFor();
    await page.getByRole("article", { name: "Span a thousand spans" }).waitFor();
    expect(await tree.getByRole("row").count()).toBeLessThan(120);
    await tree.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await tree.getByText("step 999", { exact: true }).waitFor();
    expect(await tree.getByRole("row").count()).toBeLessThan(120);
  });
});

describe("the first page of rows", () => {
  it("costs no more than 350 kB of script, compressed", async () => {
    const spans = `${await projectPath(project)}/spans`;
    const page = await open(spans, {
      before: (empty) =>
        empty.addInitScript(() => {
          const observer = new MutationObserver(() => {
            if (!document.querySelector("[role=grid] [role=gridcell] a")) return;
            observer.disconnect();
            performance.mark("first row");
          });
          observer.observe(document, { childList: true, subtree: true });
        }),
    });
    await page.getByRole("link", { name: "a thousand spans" }).waitFor();
    const sizes = await page.evaluate(() => {
      const drawn = performance.getEntriesByName("first row")[0]!.startTime;
      return (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name, startTime }) => new URL(name).pathname.endsWith(".js") && startTime < drawn)
        .map(({ encodedBodySize }) => encodedBodySize);
    });
    const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
    expect(total).toBeGreaterThan(100_000);
    expect(total).toBeLessThan(350_000);
  });
});

describe("five megabytes", () => {
  it("in an input fold, and do not hold up the page once unfolded", async () => {
    const name = projectName("huge");
    const line = "The quick brown fox jumps over the lazy dog. ";
    const traceId = await sendTrace(name, {
      name: "huge",
      attributes: { "input.value": line.repeat(Math.round(5_000_000 / line.length)), "output.value": "short" },
    });
    const page = await open(`${await projectPath(name)}/traces/${traceId}`);
    await unfold(page);
    await hearsKeys(page);
  });

  it("in a message do neither", async () => {
    const name = projectName("long");
    const traceId = await sendTrace(name, {
      name: "long",
      kind: "LLM",
      attributes: {
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": "The quick brown fox. ".repeat(250_000),
      },
    });
    const page = await open(`${await projectPath(name)}/traces/${traceId}?view=page`);
    await unfold(page);
    await hearsKeys(page);
  });
});

async function unfold(page: Page): Promise<void> {
  const details = page.getByRole("article").first();
  await details.getByRole("button", { name: /Show all \(5\.\d MB\)/ }).click();
  await details.getByRole("button", { name: "Show less" }).waitFor();
}

async function hearsKeys(page: Page): Promise<void> {
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
}
