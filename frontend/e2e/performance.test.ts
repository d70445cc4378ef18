import { brotliCompressSync } from "node:zlib";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { open } from "./support/browser";
import { sendTrace, type SpanSpec } from "./support/otlp";
import { base, projectName, projectPath } from "./support/server";

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

describe("speed", () => {
  it("a trace of a thousand spans opens in less than a second and scrolls without a stutter", async () => {
    const page = await open(`${await projectPath(project)}/traces`);
    const link = page.getByRole("link", { name: "a thousand spans" });
    await link.waitFor();
    const opening = await fastest(async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("treegrid").waitFor({ state: "hidden" });
      const started = performance.now();
      await link.click();
      await page.getByRole("treegrid").getByText("step 20", { exact: true }).waitFor();
      await page.getByRole("article", { name: "Span a thousand spans" }).waitFor();
      return performance.now() - started;
    });
    expect(opening).toBeLessThan(1000);

    // Nine frames of ten within three periods: there is no graphics card to draw with.
    expect(await fastest(() => scroll(page))).toBeLessThan(51);
    expect(await page.getByRole("treegrid").getByRole("row").count()).toBeLessThan(120);
  });

  it("the first page costs no more than 350 kB", async () => {
    const page = await open("/nothing/here");
    const loaded: { url: string; encoding: string | undefined; bytes: number }[] = [];
    page.on("response", async (response) => {
      const body = await response.body().catch(() => Buffer.alloc(0));
      const isText = /\.(js|css)$/.test(response.url());
      loaded.push({
        url: response.url(),
        encoding: response.headers()["content-encoding"],
        bytes: isText ? brotliCompressSync(body).length : body.length,
      });
    });
    await page.goto(`${base}/projects`, { waitUntil: "load" });
    await page.getByRole("heading", { name: "Projects" }).waitFor();
    const assets = loaded.filter(({ url }) => url.includes("/assets/") && !url.includes("tracing"));
    expect(assets.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(350_000);
    expect(assets.filter(({ url, encoding }) => /\.(js|css)$/.test(url) && encoding !== "br")).toEqual([]);
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
    expect(await untilKeys(page)).toBeLessThan(1000);
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
    expect(await untilKeys(page)).toBeLessThan(2000);
  });
});

async function unfold(page: Page): Promise<void> {
  const details = page.getByRole("article").first();
  await details.getByRole("button", { name: /Show all \(5\.\d MB\)/ }).click();
  await details.getByRole("button", { name: "Show less" }).waitFor();
}

/** How long a pressed key takes to show its effect, in ms. */
async function untilKeys(page: Page): Promise<number> {
  const started = performance.now();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  return performance.now() - started;
}

/** The best of a few: the machine is shared, and what counts is what the page is able to do. */
async function fastest(measure: () => Promise<number>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < 4; round++) best = Math.min(best, await measure());
  return best;
}

/** Scrolls the tree from top to bottom and gives the longest of the fastest nine tenths of the frames, in ms. */
function scroll(page: Page): Promise<number> {
  return page.getByRole("treegrid").evaluate(async (tree) => {
    const gaps: number[] = [];
    tree.scrollTop = 0;
    let last = await new Promise<number>(requestAnimationFrame);
    while (tree.scrollTop + tree.clientHeight < tree.scrollHeight) {
      tree.scrollTop += 380;
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - last);
      last = now;
    }
    return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.9)] ?? Infinity;
  });
}
