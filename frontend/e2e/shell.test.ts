import { describe, expect, it } from "vitest";
import { open, screenshot } from "./support/browser";
import { base } from "./support/server";

describe("the shell", () => {
  it("sends the first address to the projects, and the collector's too", async () => {
    const page = await open("/");
    await page.waitForURL(`${base}/projects`);
    await page.goto(`${base}/v1/traces`);
    await page.waitForURL(`${base}/projects`);
    await expect.poll(() => page.title()).toBe("Projects - Phoenix");
  });

  it("says when there is nothing at an address, and leads back", async () => {
    const page = await open("/nothing/here");
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.getByRole("link", { name: "Return home" }).click();
    await page.waitForURL(`${base}/projects`);
  });

  it("keeps the chosen theme, and follows the system until one is chosen", async () => {
    const page = await open("/projects", { theme: "dark" });
    const themed = (name: string) => page.locator(`html[data-theme=${name}]`).waitFor();
    await themed("dark");
    await page.emulateMedia({ colorScheme: "light" });
    await themed("light");
    await page.getByRole("button", { name: "Theme: System" }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await themed("dark");
    await page.reload();
    await themed("dark");
  });

  it("keeps the labels of the navigation, and takes them away where there is no room", async () => {
    const page = await open("/projects");
    const label = page.getByRole("navigation", { name: "Main" }).getByText("Tracing");
    expect(await label.isVisible()).toBe(false);
    await page.keyboard.press("[");
    await label.waitFor();
    await page.setViewportSize({ width: 820, height: 1180 });
    await label.waitFor({ state: "hidden" });
    expect(await page.getByRole("button", { name: /too narrow/ }).isDisabled()).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await label.waitFor();
  });

  it("shows every key that works, and goes to the projects with g p", async () => {
    const page = await open("/nothing/here");
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.keyboard.press("?");
    const map = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await map.getByText("Go to projects").waitFor();
    await screenshot(page, "shortcuts");
    await page.keyboard.press("Escape");
    await map.waitFor({ state: "hidden" });
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.waitForURL(`${base}/projects`);
  });

  it("leads with the first Tab past the navigation", async () => {
    const page = await open("/nothing/here");
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });

  it("explains an unreachable server and a slow gateway, and tries again", async () => {
    const page = await open("/nothing/here", { expected: /Failed to load|ERR_FAILED|ApiError|status of 504/ });
    await page.route("**/graphql", (route) => route.fulfill({ status: 504, body: "<html>Gateway Time-out</html>" }));
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("alert").getByText("The server took too long to answer").waitFor();
    await screenshot(page, "error-light");
    await page.unroute("**/graphql");
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("alert").getByText("Could not reach the server").waitFor();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("alert").waitFor({ state: "hidden" });
  });
});
