import axe from "axe-core";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { base } from "./server";

export const screenshots = join(import.meta.dirname, "../../target/screenshots");

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

let browser: Browser;
let complaints: string[] = [];
const pages: Page[] = [];
/**
 * For visitors one after the other who want the same, so that what the server says may be kept for ever is loaded once.
 * Those of one test know nothing of each other.
 */
const contexts = new Map<string, Promise<BrowserContext>>();

beforeAll(async () => {
  const executablePath = process.env.PHOENIX_CHROMIUM ?? CHROMIUM.find(existsSync);
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  mkdirSync(screenshots, { recursive: true });
});

afterAll(async () => {
  contexts.clear();
  await browser.close();
});

// Whatever a test looks at: no page may complain, neither about itself nor about its security policy.
afterEach(async () => {
  await forget(pages.splice(0));
  const said = complaints;
  complaints = [];
  expect(said).toEqual([]);
});

export type Theme = "light" | "dark";

/** Of whoever was there only the files stay that never change. */
async function forget(left: Page[]): Promise<void> {
  const origins = new Set(left.map((page) => new URL(page.url()).origin).filter((origin) => origin !== "null"));
  // Where nothing runs, nothing is stored any more.
  await Promise.all(left.map((page) => page.goto("about:blank")));
  await Promise.all(
    left.map(async (page) => {
      const client = await page.context().newCDPSession(page);
      for (const origin of origins) {
        await client.send("Storage.clearDataForOrigin", { origin, storageTypes: "cookies,local_storage" });
      }
      await page.close();
    }),
  );
}

function contextFor(options: BrowserContextOptions): Promise<BrowserContext> {
  const key = `${pages.length} ${JSON.stringify(options)}`;
  const known = contexts.get(key);
  if (known) return known;
  const made = browser.newContext({ locale: "en-US", timezoneId: "UTC", ...options });
  contexts.set(key, made);
  return made;
}

type Visit = BrowserContextOptions & {
  theme?: Theme;
  at?: string;
  /** Complaints that belong to the test. */
  expected?: RegExp;
  /** Prepares what the page will meet. */
  before?: (page: Page) => unknown;
};

/** A fresh visitor's page. */
export async function open(
  path: string,
  {
    theme = "light",
    expected,
    at = base,
    before,
    viewport = { width: 1440, height: 900 },
    reducedMotion,
    ...options
  }: Visit = {},
): Promise<Page> {
  const context = await contextFor(options);
  const page = await context.newPage();
  pages.push(page);
  const complain = (text: string) => {
    if (!expected?.test(text)) complaints.push(text);
  };
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complain(message.text());
  });
  page.setDefaultTimeout(15_000);
  if (viewport) await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: theme, ...(reducedMotion ? { reducedMotion } : {}) });
  await before?.(page);
  await page.goto(at + path);
  // Keys pressed before there is an app to hear them are lost.
  await page.locator("main").waitFor();
  return page;
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** What does not depend on where things are, only on the colours they have. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * What is wrong with the page as it is now; `colours` alone where its structure was looked at in the other theme.
 * In the page itself: a second page, as the ready-made adapter opens, would take the focus and cost more than the rules.
 */
export async function accessibilityProblems(page: Page, only?: "colours"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (runOnly) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(
        // Where the component library says aloud what is pending; it points at buttons that are gone a moment later.
        { exclude: ["[data-live-announcer]"] },
        {
          ...(runOnly ? { runOnly } : {}),
          // Overlays are outside of the landmarks by nature.
          rules: runOnly ? {} : { region: { enabled: false } },
          resultTypes: ["violations"],
        },
      );
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`),
      );
    },
    only ? COLOUR_RULES : null,
  );
}

/** The row that has the keyboard's attention in a grid or tree. */
export async function activeRow(page: Page, role: "grid" | "treegrid"): Promise<string> {
  return page.getByRole(role).evaluate((grid) => {
    const id = grid.getAttribute("aria-activedescendant");
    return (id && document.getElementById(id)?.innerText) || "";
  });
}
