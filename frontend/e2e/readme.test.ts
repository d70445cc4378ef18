import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { annotateSpans } from "./support/annotations";
import { open, screenshot, screenshots, type Theme } from "./support/browser";
import { sendTrace, type SpanSpec } from "./support/otlp";
import { graphql, projectName, projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

/** UPDATE_IMAGES=1 puts what the tests see into the documentation. */
const images = join(import.meta.dirname, "../../docs/images");
const shop = process.env.UPDATE_IMAGES ? "furniture-shop" : projectName("furniture-shop");
const size = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };
const themes: Theme[] = ["dark", "light"];
const HOUR_S = 3600;

let path: string;
let traceId: string;

async function picture(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  if (!process.env.UPDATE_IMAGES) return;
  mkdirSync(images, { recursive: true });
  copyFileSync(join(screenshots, `${name}.png`), join(images, `${name}.png`));
}

const questions: [string, string][] = [
  [
    "Can I change the delivery address of order 4722?",
    "Yes, until it is packed. I have changed it to Lindenstrasse 8.",
  ],
  ["Do you have the desk lamp Lumi in black?", "Yes, 14 are in stock; it is delivered within two days."],
  ["The table arrived without screws.", "I am sorry. A bag with all screws is on its way, free of charge."],
  ["Is the armchair Oslo fire-resistant?", "Its cover meets EN 1021-1 and EN 1021-2."],
  ["Where is my order 4698?", "It left our warehouse yesterday and arrives tomorrow between 10 and 12."],
  ["Which sofa fits into 210 cm?", "The sofas Malmo (198 cm) and Bergen (205 cm) do."],
];

/** The same agent at other times of the week, slower at noon, failing now and then. */
function earlier(index: number): SpanSpec {
  const [input, output] = questions[index % questions.length]!;
  const factor = 0.7 + ((index * 37) % 90) / 100;
  const fails = index % 11 === 4;
  const scaled = (span: SpanSpec): SpanSpec => ({
    ...span,
    ...(span.at === undefined ? {} : { at: span.at * factor }),
    ms: Math.round((span.ms ?? 1) * factor),
    ...(span.children ? { children: span.children.map(scaled) } : {}),
  });
  return {
    ...scaled(supportQuestion),
    ...(fails ? { error: "order system: timeout after 2 s" } : {}),
    attributes: {
      ...supportQuestion.attributes,
      "session.id": `session-${58_100 + (index % 17)}`,
      "user.id": `customer-${180 + (index % 23)}`,
      "input.value": input,
      ...(fails ? {} : { "output.value": output }),
    },
  };
}

beforeAll(async () => {
  for (let index = 70; index > 0; index--) {
    await sendTrace(shop, earlier(index), { secondsAgo: Math.round(index ** 1.25 * 0.55 * HOUR_S) });
  }
  traceId = await sendTrace(shop, supportQuestion, { secondsAgo: 95 });
  path = await projectPath(shop);
  const { node } = await graphql<{ node: { spans: { edges: { node: { spanId: string } }[] } } }>(
    'query ($id: ID!) { node(id: $id) { ... on Project { spans(first: 100, filterCondition: "parent_id is None") { edges { node { spanId } } } } } }',
    { id: decodeURIComponent(path.split("/").at(-1) ?? "") },
  );
  await annotateSpans(
    node.spans.edges.flatMap(({ node: { spanId } }, index) =>
      index % 7 === 3
        ? []
        : [
            {
              spanId,
              said: {
                name: "faithful",
                annotator_kind: "LLM" as const,
                label: index % 5 === 2 ? "no" : "yes",
                score: index % 5 === 2 ? 0.2 : 0.93,
              },
            },
          ],
    ),
  );
}, 120_000);

it.each(themes)("the list of the documentation, %s", async (theme) => {
  const page = await open(`${path}/spans`, { theme, ...size });
  await page.getByRole("link", { name: "support_agent" }).first().waitFor();
  await page.keyboard.press("m");
  await page.getByRole("slider", { name: "Mean scores of spans" }).waitFor();
  await picture(page, `spans-${theme}`);
  expect(await page.getByRole("row").count()).toBeGreaterThan(12);
});

it.each(themes)("the trace page of the documentation, %s", async (theme) => {
  const page = await open(`${path}/traces/${traceId}?view=page`, { theme, ...size });
  await page.getByRole("treegrid").getByText("answer", { exact: true }).click();
  const answer = page.getByRole("article", { name: "Span answer" });
  await answer.getByText("49.90 €").waitFor();
  await picture(page, `trace-${theme}`);
  expect(await answer.getByText("49.90 €").isVisible()).toBe(true);
});

it.each(themes)("the conversation of the documentation, %s", async (theme) => {
  const page = await open(`${path}/traces/${traceId}?view=page&traceView=conversation`, { theme, ...size });
  const conversation = page.getByRole("region", { name: "Conversation" });
  await conversation.getByRole("button", { name: "Show the span find_order" }).click();
  await page.getByRole("article", { name: "Span find_order" }).waitFor();
  await picture(page, `conversation-${theme}`);
  expect(await conversation.isVisible()).toBe(true);
});
