import { describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { base, projectName, projectPath } from "./support/server";

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

  it("finds projects, pages and actions by name, and remembers what was opened", async () => {
    const project = projectName("palette");
    const traceId = await sendTrace(project, { name: "found by its id" });
    const page = await open("/projects");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Search" });
    await palette.getByRole("menuitem", { name: /Preferences/ }).waitFor();
    await page.keyboard.type(project);
    const found = palette.getByRole("group", { name: "Projects" }).getByRole("menuitem", { name: project });
    await found.waitFor();
    await screenshot(page, "palette-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}${await projectPath(project)}/spans`);
    await page.getByRole("link", { name: "found by its id" }).waitFor();
    await page.keyboard.press("Control+k");
    await palette.getByRole("group", { name: "Recently viewed" }).getByRole("menuitem", { name: project }).waitFor();
    await page.keyboard.type("live");
    await palette.getByRole("menuitem", { name: /Stop live streaming/ }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(traceId);
    await palette.getByRole("menuitem", { name: /found by its id/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}${await projectPath(project)}/traces/${traceId}`);
  });

  it("lists the pages of the profile for the beginning of the word", async () => {
    const page = await open("/projects");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Search" });
    await palette.waitFor();
    await page.keyboard.type("prof");
    await palette.getByRole("menuitem", { name: /Preferences/ }).waitFor();
    // Nobody logs in here.
    expect(await palette.getByRole("menuitem", { name: /Account|API keys/ }).count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}/profile/preferences`);
  });

  it("shows times in the zone that was chosen, also after reloading", async () => {
    const project = projectName("zone");
    await sendTrace(project, { name: "far away" }, { secondsAgo: 60 });
    const page = await open("/profile/preferences", { theme: "dark" });
    await page.getByRole("combobox", { name: "Time zone" }).fill("Tokyo");
    await page.getByRole("option", { name: "Asia/Tokyo" }).click();
    await page.getByText(/It is .*GMT\+9/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "preferences-dark");
    await page.goto(`${base}${await projectPath(project)}/spans`);
    const time = page.getByRole("row", { name: /far away/ }).locator("time");
    expect(await time.getAttribute("title")).toMatch(/GMT\+9/);
    expect(
      await page
        .getByRole("button", { name: /Time range/ })
        .first()
        .innerText(),
    ).toMatch(/GMT\+9/);
  });

  it("keeps old rows while the server is away, says so once, and goes on by itself", async () => {
    const project = projectName("away");
    await sendTrace(project, { name: "before the restart" }, { secondsAgo: 5 });
    const page = await open(`${await projectPath(project)}/spans`, { expected: /Failed to load|ERR_FAILED|503/ });
    await page.getByRole("link", { name: "before the restart" }).waitFor();
    await page.route("**/graphql", (route) => route.fulfill({ status: 503, body: "starting" }));
    const outage = page.getByRole("alert").getByText("What you see was read before");
    await outage.waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    expect(await page.getByRole("link", { name: "before the restart" }).isVisible()).toBe(true);
    await screenshot(page, "server-away-light");
    await page.unroute("**/graphql");
    await outage.waitFor({ state: "hidden" });
    await sendTrace(project, { name: "after the restart" });
    await page.getByRole("link", { name: "after the restart" }).waitFor();
  });

  it("says that nothing is taken in while the disk is full, until that is read", async () => {
    const page = await open("/projects", {
      before: (given) =>
        given.route("**/graphql", (route) =>
          route.request().postDataJSON()?.operationName === "StorageBarQuery"
            ? route.fulfill({ json: { data: { serverStatus: { insufficientStorage: true } } } })
            : route.continue(),
        ),
    });
    const bar = page.getByRole("alert").filter({ hasText: "The server takes nothing in" });
    await bar.waitFor();
    await screenshot(page, "disk-full-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await bar.getByRole("button", { name: "Dismiss" }).click();
    await bar.waitFor({ state: "hidden" });
  });

  it("says when an answer is late", async () => {
    const page = await open("/nothing/here");
    await page.route("**/graphql", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 7000));
      await route.continue();
    });
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("status").getByText("The server is taking long to answer").waitFor();
    await page.getByRole("status").getByText("The server is taking long").waitFor({ state: "hidden" });
  });

  it("explains an unreachable server and a slow gateway, and tries again", async () => {
    const page = await open("/nothing/here", { expected: /Failed to load|ERR_FAILED|ApiError|status of 504/ });
    await page.route("**/graphql", (route) => route.fulfill({ status: 504, body: "<html>Gateway Time-out</html>" }));
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.getByRole("alert").getByText("The server took too long to answer").waitFor();
    await screenshot(page, "error-light");
    await page.route("**/graphql", (route) => route.abort());
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("alert").getByText("Could not reach the server").waitFor();
    // Nobody has to press anything now: the page asks by itself.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.getByRole("alert").waitFor({ state: "hidden" });
  });
});
