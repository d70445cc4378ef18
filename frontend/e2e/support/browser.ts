import { AxeBuilder } from "@axe-core/playwright";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { base } from "./server";

export const screenshots = join(import.meta.dirname, "../../target/screenshots");

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

let browser: Browser;
let complaints: string[] = [];
const pages: Page[] = [];

beforeAll(async () => {
  const executablePath = process.env.PHOENIX_CHROMIUM ?? CHROMIUM.find(existsSync);
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  mkdirSync(screenshots, { recursive: true });
});

afterAll(() => browser.close());

// Whatever a test looks at: no page may complain, neither about itself nor about its security policy.
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
  const said = complaints;
  complaints = [];
  expect(said).toEqual([]);
});

export type Theme = "light" | "dark";

/** A fresh visitor's page. `expected` names complaints that belong to the test. */
export async function open(
  path: string,
  {
    theme = "light",
    expected,
    at = base,
    ...options
  }: BrowserContextOptions & { theme?: Theme; expected?: RegExp; at?: string } = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    locale: "en-US",
    timezoneId: "UTC",
    ...options,
  });
  const page = await context.newPage();
  const complain = (text: string) => {
    if (!expected?.test(text)) complaints.push(text);
  };
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complain(message.text());
  });
  page.setDefaultTimeout(15_000);
  pages.push(page);
  await page.goto(at + path);
  // Keys pressed before there is an app to hear them are lost.
  await page.locator("main").waitFor();
  return page;
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Overlays are outside of the landmarks by nature, so `region` says nothing about them. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(["region"])
    // Where the component library says aloud what is pending; it points at buttons that are gone a moment later.
    .exclude("[data-live-announcer]")
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`),
  );
}

/** The row that has the keyboard's attention in a grid or tree. */
export async function activeRow(page: Page, role: "grid" | "treegrid"): Promise<string> {
  return page.getByRole(role).evaluate((grid) => {
    const id = grid.getAttribute("aria-activedescendant");
    return (id && document.getElementById(id)?.innerText) || "";
  });
}
