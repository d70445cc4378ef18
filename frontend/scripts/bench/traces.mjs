// Traces that are larger than others can show.
import { leave, scrollThrough, several, timed, visit } from "./browser.mjs";
import { tracesWithLarge } from "./data.mjs";
import { print } from "./figures.mjs";
import { firstRow } from "./lists.mjs";

const MODERATE = 10_000;
const FAST = 380;

export async function openTrace({ traceId, numSpans }) {
  const page = await visit();
  const client = await page.context().newCDPSession(page);
  const tree = page.getByRole("treegrid");
  const heap = async () => {
    await page.evaluate(() => globalThis.gc?.());
    await client.send("HeapProfiler.collectGarbage");
    return (await client.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  const active = () => tree.getAttribute("aria-activedescendant");
  const open = async () => {
    await page.goto(tracesWithLarge);
    await firstRow(page);
    const link = page.getByRole("grid").locator(`a[href*="${traceId}"]`).first();
    await link.waitFor();
    return timed(async () => {
      await link.click();
      await tree.getByRole("row").nth(5).waitFor();
      const before = await active();
      await tree.press("ArrowDown");
      while ((await active()) === before);
      await page.getByRole("article").waitFor();
    });
  };
  const name = `trace of ${numSpans.toLocaleString("en-US")} spans`;
  print(
    `${name}, until a key moves in it and a span is shown`,
    await several(open, 3),
    numSpans > MODERATE ? 3000 : 1000,
    "ms",
  );
  const whole = await timed(async () => {
    await open();
    await page.getByText(/^Loading [\d,]+ of/).waitFor({ state: "hidden" });
  });
  print(`${name}, list and trace read anew until the last span is there`, whole, null, "ms");
  print(`${name}, memory`, await heap(), 400, "MB");
  const { frame, task } = await scrollThrough(tree, FAST);
  print(`${name}, scrolling: median frame`, frame, 17, "ms");
  print(`${name}, scrolling: longest task`, task, 50, "ms");
  await page.getByRole("link", { name: "Projects" }).first().click();
  await page.getByRole("heading", { name: "Projects" }).waitFor();
  await page.waitForTimeout(1000);
  print(`${name}, memory after leaving`, await heap(), 100, "MB");
  await leave(page);
}
