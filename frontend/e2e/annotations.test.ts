import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot, type Theme } from "./support/browser";
import { annotateSpans } from "./support/annotations";
import { sendTrace } from "./support/otlp";
import { graphql, projectName, projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

const project = projectName("annotated");
let path: string;
let projectId: string;
let traceId: string;
const correctness = `correctness-${project}`;
const tone = `tone-${project}`;

type Annotation = { name: string; label: string | null; score: number | null; explanation: string | null };
type SpanNode = { id: string; name: string; spanAnnotations: Annotation[] };

async function createConfig(annotationConfig: object, offeredIn = projectId): Promise<void> {
  const { createAnnotationConfig: made } = await graphql<{
    createAnnotationConfig: { annotationConfig: { id: string } };
  }>(
    "mutation ($input: CreateAnnotationConfigInput!) { createAnnotationConfig(input: $input) { annotationConfig { ... on Node { id } } } }",
    { input: { annotationConfig } },
  );
  await graphql(
    "mutation ($input: [AddAnnotationConfigToProjectInput!]!) { addAnnotationConfigToProject(input: $input) { __typename } }",
    { input: [{ projectId: offeredIn, annotationConfigId: made.annotationConfig.id }] },
  );
}

async function spansOf(trace: string): Promise<SpanNode[]> {
  const { getTraceByOtelId: found } = await graphql<{
    getTraceByOtelId: { spans: { edges: { node: SpanNode }[] } };
  }>(
    "query ($id: String!) { getTraceByOtelId(traceId: $id) { spans(first: 50) { edges { node { id name spanAnnotations { name label score explanation } } } } } }",
    { id: trace },
  );
  return found.spans.edges.map(({ node }) => node);
}

async function spanIdsOf(trace: string): Promise<string[]> {
  const { getTraceByOtelId: found } = await graphql<{
    getTraceByOtelId: { spans: { edges: { node: { spanId: string } }[] } };
  }>("query ($id: String!) { getTraceByOtelId(traceId: $id) { spans(first: 50) { edges { node { spanId } } } } }", {
    id: trace,
  });
  return found.spans.edges.map(({ node }) => node.spanId);
}

async function stored(trace: string, name: string): Promise<Annotation[]> {
  return (await spansOf(trace)).find((span) => span.name === name)?.spanAnnotations ?? [];
}

const tree = (page: Page) => page.getByRole("treegrid", { name: "Spans of the trace" });
const details = (page: Page, span: string) => page.getByRole("article", { name: `Span ${span}`, exact: true });

/** A trace of its own for each test, with one span opened. */
async function openSpan(name: string, options: Parameters<typeof open>[1] = {}): Promise<[Page, string]> {
  const trace = await sendTrace(project, supportQuestion, { secondsAgo: 60 });
  const page = await open(`${path}/traces/${trace}?view=page`, options);
  await tree(page).getByText(name, { exact: true }).click();
  await details(page, name).waitFor();
  await page.getByRole("toolbar", { name: "Annotate" }).waitFor();
  return [page, trace];
}

beforeAll(async () => {
  traceId = await sendTrace(project, supportQuestion, { secondsAgo: 240 });
  path = await projectPath(project);
  projectId = decodeURIComponent(path.split("/").at(-1) ?? "");
  await createConfig({
    categorical: {
      name: correctness,
      optimizationDirection: "MAXIMIZE",
      values: [
        { label: "correct", score: 1 },
        { label: "incorrect", score: 0 },
      ],
    },
  });
  await createConfig({ continuous: { name: tone, optimizationDirection: "MAXIMIZE", lowerBound: 0, upperBound: 1 } });
});

describe("a person annotating a span", () => {
  it("chooses a label with one key, sees it everywhere, takes it back with the same key", async () => {
    const [page, trace] = await openSpan("answer");
    await page.keyboard.press("1");
    await page.getByText(`${correctness}: correct`).first().waitFor();
    await expect.poll(() => stored(trace, "answer")).toMatchObject([{ name: correctness, label: "correct", score: 1 }]);
    await details(page, "answer").getByRole("tab", { name: "Annotations 1" }).waitFor();
    const chosen = page.getByRole("button", { name: `${correctness}: correct`, exact: true });
    expect(await chosen.getAttribute("aria-pressed")).toBe("true");
    await screenshot(page, "annotate-span-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await tree(page).focus();
    await page.keyboard.press("1");
    await expect.poll(() => stored(trace, "answer")).toEqual([]);
    expect(await chosen.getAttribute("aria-pressed")).toBe("false");
  });

  it("changes a label and undoes the change", async () => {
    const [page, trace] = await openSpan("answer");
    await page.keyboard.press("1");
    await expect.poll(async () => (await stored(trace, "answer"))[0]?.label).toBe("correct");
    await page.keyboard.press("2");
    await expect.poll(async () => (await stored(trace, "answer"))[0]?.label).toBe("incorrect");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await stored(trace, "answer")).map(({ label }) => label)).toEqual(["correct"]);
  });

  it("takes a label back that is still on its way to the server", async () => {
    const [page, trace] = await openSpan("answer");
    const arrival = Promise.withResolvers<void>();
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("mutation")) await arrival.promise;
      await route.continue();
    });
    await page.keyboard.press("1");
    const chosen = page.getByRole("button", { name: `${correctness}: correct`, exact: true });
    await chosen.and(page.locator("[aria-pressed=true]")).waitFor();
    await page.keyboard.press("1");
    arrival.resolve();
    await page.getByText(`Removed ${correctness}`).first().waitFor();
    await chosen.and(page.locator("[aria-pressed=false]")).waitFor();
    expect(await stored(trace, "answer")).toEqual([]);
  });

  it("types a number, and is told when it is out of bounds", async () => {
    const [page, trace] = await openSpan("plan");
    await page.keyboard.press("e");
    const field = page.getByRole("textbox", { name: tone });
    await field.fill("7");
    await field.press("Enter");
    await page.getByRole("alert").getByText("at least 0, at most 1").waitFor();
    await field.fill("0.8");
    await field.press("Enter");
    await expect.poll(() => stored(trace, "plan")).toMatchObject([{ name: tone, score: 0.8 }]);
  });

  it("writes a note of two lines, which is no annotation among the others", async () => {
    const [page, trace] = await openSpan("plan");
    await page.keyboard.press("n");
    const field = page.getByRole("textbox", { name: "Note" });
    await field.pressSequentially("Asks for the order");
    await field.press("Shift+Enter");
    await field.pressSequentially("although it was given.");
    await field.press("Enter");
    await expect
      .poll(() => stored(trace, "plan"))
      .toMatchObject([{ name: "note", explanation: "Asks for the order\nalthough it was given." }]);
    await details(page, "plan")
      .getByRole("tab", { name: /^Annotations/ })
      .click();
    await page.getByText("although it was given.").waitFor();
    expect(await page.getByRole("heading", { name: "Notes" }).count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("keeps what was typed when the server is away, and sees the label go back", async () => {
    const [page, trace] = await openSpan("plan", { expected: /Failed to load|ERR_FAILED|503/ });
    await page.route("**/graphql", (route) =>
      route.request().postData()?.includes("mutation")
        ? route.fulfill({ status: 503, body: "away" })
        : route.continue(),
    );
    await page.keyboard.press("1");
    await page.getByRole("alert").getByText(`${correctness} was not stored`).waitFor();
    const chosen = page.getByRole("button", { name: `${correctness}: correct`, exact: true });
    expect(await chosen.getAttribute("aria-pressed")).toBe("false");
    await tree(page).focus();
    await page.keyboard.press("n");
    const field = page.getByRole("textbox", { name: "Note" });
    await field.fill("do not lose me");
    await field.press("Enter");
    await page.getByRole("alert").getByText("The note was not stored").waitFor();
    expect(await field.inputValue()).toBe("do not lose me");
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Retry" }).click();
    await expect.poll(() => stored(trace, "plan")).toMatchObject([{ label: "correct" }]);
  });

  it("compares people with models, and shows one kind of annotator only", async () => {
    const trace = await sendTrace(project, supportQuestion, { secondsAgo: 60 });
    const answer = (await spansOf(trace)).find(({ name }) => name === "answer");
    const input = (annotatorKind: string, name: string, label: string, score: number) => ({
      spanId: answer?.id,
      name,
      label,
      score,
      annotatorKind,
      source: "API",
      metadata: {},
      identifier: annotatorKind,
      explanation: annotatorKind === "LLM" ? "It names the policy and the amount." : null,
    });
    await graphql(
      "mutation ($input: [CreateSpanAnnotationInput!]!) { createSpanAnnotations(input: $input) { __typename } }",
      {
        input: [
          input("LLM", correctness, "correct", 1),
          input("CODE", "has_amount", "yes", 1),
          input("HUMAN", correctness, "incorrect", 0),
        ],
      },
    );
    const page = await open(
      `${path}/traces/${trace}?view=page&spanTab=annotations&selectedSpanNodeId=${encodeURIComponent(answer?.id ?? "")}`,
      { theme: "dark" },
    );
    await page.getByText("It names the policy and the amount.").waitFor();
    await screenshot(page, "annotations-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("radio", { name: "Human" }).click();
    await page.getByText("It names the policy and the amount.").waitFor({ state: "hidden" });
    await page.waitForURL(/annotator=HUMAN/);
    await page.reload();
    await page.getByRole("radio", { name: "Human", checked: true }).waitFor();
    expect(await page.getByText("It names the policy and the amount.").count()).toBe(0);
  });
});

describe("a person annotating something larger or smaller", () => {
  it("annotates the trace with A and a digit", async () => {
    const [page, trace] = await openSpan("plan");
    await tree(page).focus();
    await page.keyboard.press("A");
    const popover = page.getByRole("dialog", { name: "Annotate the trace" });
    await popover.waitFor();
    await popover.getByRole("button", { name: `${correctness}: correct`, exact: true }).focus();
    await page.keyboard.press("2");
    const read = async () =>
      (
        await graphql<{ getTraceByOtelId: { traceAnnotations: Annotation[] } }>(
          "query ($id: String!) { getTraceByOtelId(traceId: $id) { traceAnnotations { name label } } }",
          { id: trace },
        )
      ).getTraceByOtelId.traceAnnotations;
    await expect.poll(read).toMatchObject([{ name: correctness, label: "incorrect" }]);
    await screenshot(page, "annotate-trace-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await popover.getByRole("textbox", { name: "Note" }).fill("The whole trace is slow.");
    await popover.getByRole("textbox", { name: "Note" }).press("Enter");
    await expect.poll(async () => (await read()).length).toBe(2);
  });

  it("says that a document is irrelevant, and the retrieval's scores follow", async () => {
    const [page] = await openSpan("search_policies");
    await page.getByRole("button", { name: "Annotate document 1" }).click();
    const popover = page.getByRole("dialog", { name: "Annotate document 1" });
    await popover.getByRole("button", { name: "relevance: irrelevant" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Annotate document 2" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "relevance: relevant" }).click();
    await page.keyboard.press("Escape");
    await details(page, "search_policies").getByText("precision").waitFor();
    await screenshot(page, "annotate-document-light");
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("annotates a session and one of its turns", async () => {
    const sessionId = projectName("talk");
    await sendTrace(project, {
      ...supportQuestion,
      attributes: { ...supportQuestion.attributes, "session.id": sessionId },
    });
    const { getProjectSessionById: found } = await graphql<{ getProjectSessionById: { id: string } }>(
      "query ($id: String!) { getProjectSessionById(sessionId: $id) { id } }",
      { id: sessionId },
    );
    const session = found.id;
    const page = await open(`${path}/sessions/${encodeURIComponent(session)}`);
    await page.getByRole("button", { name: "Annotate the session" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: `${correctness}: correct`, exact: true })
      .click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Annotate turn 1" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: `${correctness}: incorrect` })
      .click();
    await page.keyboard.press("Escape");
    const { node: read } = await graphql<{ node: { sessionAnnotations: Annotation[] } }>(
      "query ($id: ID!) { node(id: $id) { ... on ProjectSession { sessionAnnotations { name label } } } }",
      { id: session },
    );
    expect(read.sessionAnnotations).toMatchObject([{ label: "correct" }]);
    await screenshot(page, "annotate-session-light");
    // One press says what a person thinks of an answer; the same press takes it back.
    const feedback = async () => {
      const { node } = await graphql<{ node: { traces: { edges: { node: { traceAnnotations: Annotation[] } }[] } } }>(
        "query ($id: ID!) { node(id: $id) { ... on ProjectSession { traces(first: 5) { edges { node { traceAnnotations { name label score } } } } } } }",
        { id: session },
      );
      return node.traces.edges[0]!.node.traceAnnotations.filter(({ name }) => name === "user_feedback");
    };
    const thumb = page.getByRole("button", { name: "Good answer in turn 1" });
    await thumb.click();
    await expect.poll(feedback).toMatchObject([{ label: "positive", score: 1 }]);
    await page.getByRole("button", { name: "Bad answer in turn 1" }).click();
    await expect.poll(feedback).toMatchObject([{ label: "negative", score: 0 }]);
    await page.getByRole("button", { name: "Bad answer in turn 1", pressed: true }).click();
    await expect.poll(feedback).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("annotates picked rows at once, and undoes it", async () => {
    const own = projectName("picked");
    for (const name of ["one", "two", "three"]) await sendTrace(own, { name });
    const ownPath = await projectPath(own);
    await createConfig(
      {
        categorical: {
          name: `picked-${own}`,
          optimizationDirection: "MAXIMIZE",
          values: [{ label: "correct", score: 1 }],
        },
      },
      decodeURIComponent(ownPath.split("/").at(-1) ?? ""),
    );
    const page = await open(`${ownPath}/spans`);
    await page.getByRole("row", { name: /three/ }).waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByRole("toolbar").getByRole("button", { name: "Annotate" }).click();
    const dialog = page.getByRole("dialog", { name: /^Annotate 3 spans/ });
    await dialog.getByRole("radio", { name: "correct", exact: true }).click();
    await screenshot(page, "annotate-rows-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Annotate 3 spans" }).click();
    await page.getByText("Annotated 3 spans").waitFor();
    const tokens = page.getByRole("button", { name: `picked-${own} correct`, exact: false });
    await expect.poll(() => tokens.count()).toBe(3);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Removed 3 annotations").waitFor();
    await expect.poll(() => tokens.count()).toBe(0);
  });

  it("annotates picked traces and sessions at once, and copies them", async () => {
    const own = projectName("picked");
    for (const name of ["one", "two"]) {
      await sendTrace(own, { name, attributes: { "session.id": `${own}-${name}`, "input.value": `about ${name}` } });
    }
    const ownPath = await projectPath(own);
    const offeredIn = decodeURIComponent(ownPath.split("/").at(-1) ?? "");
    await createConfig({ freeform: { name: `remark-${own}`, optimizationDirection: "NONE" } }, offeredIn);
    for (const [grain, grains] of [
      ["trace", "traces"],
      ["session", "sessions"],
    ] as const) {
      const page = await open(`${ownPath}/${grains}`, { permissions: ["clipboard-read", "clipboard-write"] });
      await page.getByRole("row", { name: /one/ }).waitFor();
      await page.getByRole("button", { name: "Select all loaded rows" }).click();
      const selection = page.getByRole("toolbar", { name: "Selection" });
      await selection.getByRole("button", { name: "Copy as CSV" }).click();
      await page.getByText("2 rows copied").waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("about one");
      await selection.getByRole("button", { name: "Annotate" }).click();
      const dialog = page.getByRole("dialog", { name: `Annotate 2 ${grains}` });
      await dialog.getByRole("textbox", { name: "Value" }).fill("seen");
      await dialog.getByRole("button", { name: `Annotate 2 ${grains}` }).click();
      await page.getByText(`Annotated 2 ${grains}`).waitFor();
      await screenshot(page, `annotated-${grain}-rows-light`);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Removed 2 annotations").waitFor();
    }
  });

  it("sees the label in the list behind the trace at once", async () => {
    const own = projectName("behind");
    const trace = await sendTrace(own, { name: "only" });
    const ownPath = await projectPath(own);
    const name = `verdict-${own}`;
    const values = [{ label: "good", score: 1 }];
    await createConfig(
      { categorical: { name, optimizationDirection: "MAXIMIZE", values } },
      decodeURIComponent(ownPath.split("/").at(-1) ?? ""),
    );
    await annotateSpans([
      { spanId: (await spanIdsOf(trace))[0]!, said: { name, annotator_kind: "LLM", label: "good" } },
    ]);
    const page = await open(`${ownPath}/spans/${trace}`);
    await page
      .getByRole("button", { name: `${name} good` })
      .first()
      .waitFor();
    await page.getByRole("button", { name: `${name}: good`, exact: true }).waitFor();
    await tree(page).focus();
    await page.keyboard.press("1");
    // Both people's and the model's: the list counts them together.
    await page.getByRole("button", { name: `${name} good 1`, exact: true }).waitFor();
  });
});

describe("labels and scores", () => {
  it.each(["light", "dark"] as Theme[])("are made where they are used, in the %s theme", async (theme) => {
    const name = projectName("helpful");
    const own = projectName("fresh");
    const trace = await sendTrace(own, { name: "only", kind: "LLM" });
    const page = await open(`${await projectPath(own)}/traces/${trace}?view=page`, { theme });
    await page.getByRole("button", { name: "Set up labels" }).click();
    await page.getByRole("button", { name: "New", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "New label or score" });
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("Give it a name").waitFor();
    await dialog.getByText("Give at least one label").waitFor();
    await screenshot(page, `config-problems-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await dialog.getByRole("textbox", { name: "Label 1", exact: true }).fill("helpful");
    await dialog.getByRole("textbox", { name: "Label 2", exact: true }).fill("useless");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByRole("checkbox", { name: `Offer ${name} in this project`, checked: true }).waitFor();
    await screenshot(page, `configs-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: `Edit ${name}` }).click();
    await page.getByRole("button", { name: "Add label" }).click();
    await page.getByRole("textbox", { name: "Label 3", exact: true }).fill("unclear");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("listitem").filter({ hasText: name }).getByText("helpful, useless, unclear").waitFor();
    await page.keyboard.press("Escape");
    // Until it has faded, the keys are its own.
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: `${name}: unclear` }).waitFor();
    await page.keyboard.press("1");
    await expect.poll(() => stored(trace, "only")).toMatchObject([{ name, label: "helpful", score: 1 }]);
    await page.getByRole("button", { name: "Labels and scores" }).click();
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Delete ${name}` })
      .click();
    await page.getByRole("alertdialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: `Delete ${name}` }).waitFor({ state: "hidden" });
    expect(await stored(trace, "only")).toMatchObject([{ name, label: "helpful" }]);
  });
});

it("the trace is still readable for who annotates nothing", async () => {
  const page = await open(`${path}/traces/${traceId}`, { viewport: { width: 420, height: 860 } });
  await page.getByRole("article").waitFor();
  await page.getByRole("toolbar", { name: "Annotate" }).waitFor();
  await screenshot(page, "annotate-phone-light");
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
