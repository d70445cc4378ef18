import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { open, screenshot, screenshots } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { projectPath } from "./support/server";
import { supportQuestion } from "./support/story";

/** UPDATE_IMAGES=1 puts what the tests see into the documentation. */
const images = join(import.meta.dirname, "../../docs/images");

async function picture(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  if (!process.env.UPDATE_IMAGES) return;
  mkdirSync(images, { recursive: true });
  copyFileSync(join(screenshots, `${name}.png`), join(images, `${name}.png`));
}

it.each(["dark", "light"] as const)("the trace page of the documentation, %s", async (theme) => {
  const traceId = await sendTrace("furniture-shop", supportQuestion, { secondsAgo: 95 });
  const page = await open(`${await projectPath("furniture-shop")}/traces/${traceId}?view=page`, {
    theme,
    deviceScaleFactor: 2,
    viewport: { width: 1280, height: 800 },
  });
  await page.getByRole("treegrid").getByText("answer", { exact: true }).click();
  const answer = page.getByRole("article", { name: "Span answer" });
  await answer.getByText("49.90 €").waitFor();
  await picture(page, theme === "dark" ? "trace" : "trace-light");
  expect(await answer.getByText("49.90 €").isVisible()).toBe(true);
});

it("the conversation of the documentation", async () => {
  const traceId = await sendTrace("furniture-shop", supportQuestion, { secondsAgo: 95 });
  const page = await open(`${await projectPath("furniture-shop")}/traces/${traceId}?view=page&traceView=conversation`, {
    viewport: { width: 1280, height: 800 },
  });
  const conversation = page.getByRole("region", { name: "Conversation" });
  await conversation.getByRole("button", { name: "Show the span find_order" }).click();
  await page.getByRole("article", { name: "Span find_order" }).waitFor();
  await picture(page, "conversation");
  expect(await conversation.isVisible()).toBe(true);
});
