import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { exportSpans, hex, sendTrace } from "./support/otlp";
import { base, graphql, projectName, projectPath } from "./support/server";

type OtlpSpan = {
  traceId: string;
  spanId: string;
  startTimeUnixNano: string;
  spanAnnotations?: { name: string }[];
  traceAnnotations?: { name: string }[];
};
type Envelope = { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };

/** Without the browser's own question for a place, which nobody is there to answer. */
const withoutPlaces = { before: (page: Page) => page.addInitScript(() => delete window.showSaveFilePicker) };

async function annotate(target: "span" | "trace", data: Record<string, unknown>[]): Promise<void> {
  const response = await fetch(`${base}/v1/${target}_annotations?sync=true`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data }),
  });
  expect(response.status).toBe(200);
}

async function downloaded(page: Page): Promise<{ name: string; text: string }> {
  const begun = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Download" }).click();
  const file = await begun;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const ask = (page: Page) =>
  page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Download" }).click();

describe("picked traces", () => {
  it("are downloaded as OTLP that a server takes, each annotation once, however many they are", async () => {
    const project = projectName("export");
    const traceIds = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        sendTrace(project, { name: `question ${index}`, children: [{ name: "search" }, { name: "answer" }] }),
      ),
    );
    await annotate(
      "trace",
      traceIds.map((traceId) => ({
        trace_id: traceId,
        name: "quality",
        annotator_kind: "HUMAN",
        result: { label: "good" },
      })),
    );
    const page = await open(`${await projectPath(project)}/traces`, withoutPlaces);
    const grid = page.getByRole("grid", { name: "Traces" });
    await grid.getByRole("row").nth(1).waitFor();
    await grid.focus();
    // To the last of the rows, page by page.
    await expect
      .poll(async () => {
        await page.keyboard.press("End");
        return grid.getAttribute("aria-rowcount");
      })
      .toBe("301");
    await page.keyboard.press("Control+a");
    await ask(page);
    const dialog = page.getByRole("dialog", { name: "Download 300 traces" });
    await dialog.getByRole("radio", { name: "OTLP JSON" }).click();
    await screenshot(page, "traces-download-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    const { name, text } = await downloaded(page);
    expect(name).toMatch(new RegExp(`^${project}-traces-.*\\.json$`));
    await page.getByText(`900 spans in ${name}`).first().waitFor();
    await dialog.waitFor({ state: "hidden" });

    const envelope = JSON.parse(text) as Envelope;
    const spans = envelope.resourceSpans.flatMap((of) => of.scopeSpans.flatMap((scope) => scope.spans));
    expect(new Set(spans.map((span) => `${span.traceId} ${span.spanId}`)).size).toBe(900);
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set(traceIds));
    const told = spans.filter(({ traceAnnotations }) => traceAnnotations !== undefined);
    expect(told.map((span) => span.traceId).toSorted()).toEqual(traceIds.toSorted());
    expect(told.flatMap(({ traceAnnotations = [] }) => traceAnnotations.map((each) => each.name))).toEqual(
      traceIds.map(() => "quality"),
    );
    expect(spans.every((span) => /^\d{19}$/.test(span.startTimeUnixNano))).toBe(true);
    // What was exported is a request, here with other ids for another project.
    const copy = projectName("import");
    const renewed = traceIds
      .reduce((all, id) => all.replaceAll(id, hex(16)), text.replaceAll(project, copy))
      .replaceAll(/(?<="(?:s|parentS)panId":")./g, (digit) => ((parseInt(digit, 16) + 1) % 16).toString(16));
    await exportSpans(JSON.parse(renewed) as Parameters<typeof exportSpans>[0]);
    const { getProjectByName: stored } = await graphql<{
      getProjectByName: { recordCount: number; traceCount: number };
    }>("query ($name: String!) { getProjectByName(name: $name) { recordCount traceCount } }", { name: copy });
    expect(stored).toEqual({ recordCount: 900, traceCount: 300 });
  });
});

describe("picked spans", () => {
  it("are downloaded alone or with their traces, a line each, under the name a person gives", async () => {
    const project = projectName("lines");
    const traceId = await sendTrace(project, {
      name: "question",
      children: [{ name: "search", attributes: { "a.b": "c" } }, { name: "answer" }],
    });
    const page = await open(`${await projectPath(project)}/spans?spanFilterCondition=`, {
      ...withoutPlaces,
      theme: "dark",
    });
    await page
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name: "search" }) })
      .getByRole("button", { name: /^Select row/ })
      .click();
    await ask(page);
    const dialog = page.getByRole("dialog", { name: "Download 1 span" });
    await dialog.getByRole("textbox", { name: "File name" }).fill("mine.jsonl");
    await screenshot(page, "spans-download-dark");
    const alone = await downloaded(page);
    expect(alone.name).toBe("mine.jsonl");
    const lines = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { name: string; attributes: Record<string, unknown> });
    expect(lines(alone.text)).toMatchObject([
      { name: "search", attributes: { "a.b": "c" }, context: { trace_id: traceId } },
    ]);
    await dialog.waitFor({ state: "hidden" });
    await ask(page);
    await dialog.getByRole("radio", { name: "1 trace, all spans" }).click();
    const all = await downloaded(page);
    expect(
      lines(all.text)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["answer", "question", "search"]);
  });

  it("are written to the place a person chose as they are read; no place is no mistake, and a failure is told", async () => {
    const project = projectName("place");
    await sendTrace(project, { name: "question" });
    type Places = { refuses: boolean; written: string[]; closed: boolean; aborted: boolean };
    const page = await open(`${await projectPath(project)}/traces`, {
      expected: /Failed to load resource.*500/,
      before: (given) =>
        given.addInitScript(() => {
          const places: Places = { refuses: true, written: [], closed: false, aborted: false };
          Object.assign(window, {
            places,
            showSaveFilePicker: async () => {
              if (places.refuses) throw new DOMException("nobody chose", "AbortError");
              return {
                createWritable: async () => ({
                  write: async (text: string) => void places.written.push(text),
                  close: async () => void (places.closed = true),
                  abort: async () => void (places.aborted = true),
                }),
              };
            },
          });
        }),
    });
    const places = (change: Partial<Places> = {}) =>
      page.evaluate((given) => Object.assign((window as unknown as { places: Places }).places, given), change);
    await page.getByRole("button", { name: "Select row 1" }).click();
    await ask(page);
    const dialog = page.getByRole("dialog", { name: "Download 1 trace" });
    const download = dialog.getByRole("button", { name: "Download" });
    await download.click();
    await expect.poll(() => download.isEnabled()).toBe(true);
    expect(await dialog.getByRole("alert").count()).toBe(0);

    await places({ refuses: false });
    await page.route("**/v1/projects/*/spans?*", (route) => route.fulfill({ status: 500, body: "broken" }));
    await download.click();
    await dialog.getByRole("alert").getByText("The server could not answer").waitFor();
    expect(await places()).toMatchObject({ aborted: true, closed: false });

    await page.unroute("**/v1/projects/*/spans?*");
    await download.click();
    await dialog.waitFor({ state: "hidden" });
    const { written, closed } = await places();
    expect(closed).toBe(true);
    expect(JSON.parse(written.join(""))).toMatchObject({
      name: "question",
      span_annotations: [],
      trace_annotations: [],
    });
  });
});
