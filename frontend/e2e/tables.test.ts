import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { accessibilityProblems, activeRow, open, screenshot } from "./support/browser";
import { sendRecording, sendTrace } from "./support/otlp";
import { base, projectName, projectPath } from "./support/server";

const project = projectName("tables");
const COUNT = 130;
let path: string;

beforeAll(async () => {
  await Promise.all(
    Array.from({ length: COUNT }, (_, index) =>
      sendTrace(
        project,
        {
          name: `request ${index}`,
          kind: "LLM",
          ms: 10 + index,
          ...(index % 10 === 0 ? { error: "429 too many requests" } : {}),
          attributes: {
            "llm.model_name": "gpt-5-mini",
            "llm.token_count.prompt": 100 + index,
            "llm.token_count.completion": 20,
            "input.value": `What is the weather in city number ${index}, and will it rain this weekend?`,
            "output.value": "Sunny, 21 °C.",
          },
        },
        { secondsAgo: 30 + index * 60 },
      ),
    ),
  );
  path = await projectPath(project);
});

const names = (page: Page) => page.getByRole("grid").getByRole("link").allInnerTexts();

describe("the spans of a project", () => {
  it("are listed newest first, dense enough, with their figures in sight", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    expect((await names(page)).slice(0, 3)).toEqual(["request 0", "request 1", "request 2"]);
    expect(await page.getByRole("columnheader").allInnerTexts()).toEqual([
      "",
      "Name",
      "Kind",
      "Status",
      "Input",
      "Output",
      "Model",
      "Tokens",
      "Cost",
      "Latency",
      "Started",
    ]);
    const visible = await page.getByRole("grid").evaluate((grid) => {
      const bottom = window.innerHeight;
      return [...grid.querySelectorAll("[role=row]")].filter((row) => row.getBoundingClientRect().bottom <= bottom)
        .length;
    });
    expect(visible).toBeGreaterThanOrEqual(25);
    expect(await page.getByRole("row", { name: "request 1", exact: false }).first().innerText()).toMatch(
      /request 1\s+LLM\s+Ok\s+What is the weather.*\s+Sunny, 21 °C\.\s+gpt-5-mini\s+121\s+\$0\.0\d+\s+11\.0ms\s+1m ago/s,
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "spans-light");
  });

  it("load on as one scrolls, to the last", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.getByRole("grid").focus();
    await expect
      .poll(
        async () => {
          await page.keyboard.press("End");
          return activeRow(page, "grid");
        },
        { timeout: 20_000 },
      )
      .toContain(`request ${COUNT - 1}`);
    await page.getByText(`${COUNT} spans in this time range`).waitFor();
  });

  it("are sorted by the server, and the address says how", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("button", { name: "Latency" }).click();
    await page.getByRole("link", { name: `request ${COUNT - 1}`, exact: true }).waitFor();
    expect((await names(page))[0]).toBe(`request ${COUNT - 1}`);
    expect(page.url()).toBe(`${base}${path}/spans?sort=latencyMs.desc`);
    await page.getByRole("button", { name: "Tokens" }).click();
    await page.waitForURL(/sort=tokenCountTotal\.desc/);
    await page.getByRole("button", { name: "Tokens" }).click();
    await expect.poll(async () => (await names(page))[0]).toBe("request 0");
    expect(page.url()).toBe(`${base}${path}/spans?sort=tokenCountTotal.asc`);
  });

  it("are sorted by a header that was pressed before they came", async () => {
    const first = Promise.withResolvers<void>();
    const page = await open(`${path}/spans`, {
      before: (fresh) =>
        fresh.route("**/graphql", async (route) => {
          if (/PagesQuery/.test(route.request().postDataJSON()?.operationName ?? "")) await first.promise;
          await route.continue();
        }),
    });
    await page.getByRole("grid", { name: "Spans" }).locator(".skeleton").first().waitFor();
    await page.getByRole("button", { name: "Latency" }).click();
    await page.waitForURL(/sort=latencyMs\.desc/);
    first.resolve();
    await page.getByRole("link", { name: `request ${COUNT - 1}`, exact: true }).waitFor();
  });

  it("open with the keyboard and close to where one was", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.getByRole("grid").focus();
    for (let step = 0; step < 45; step++) await page.keyboard.press("ArrowDown");
    const row = await activeRow(page, "grid");
    const scrolled = await page.getByRole("grid").evaluate((grid) => grid.parentElement?.scrollTop);
    expect(scrolled).toBeGreaterThan(0);
    await page.keyboard.press("Enter");
    await page.getByRole("treegrid").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("treegrid").waitFor({ state: "hidden" });
    expect(await activeRow(page, "grid")).toBe(row);
    expect(await page.getByRole("grid").evaluate((grid) => grid.parentElement?.scrollTop)).toBe(scrolled);
    expect(page.url()).toBe(`${base}${path}/spans`);
  });

  it("are walked through with j while one reads their traces, also past those that were loaded", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.getByRole("grid").focus();
    for (let step = 0; step < 46; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    for (let index = 45; index < 60; index++) {
      await page.getByRole("article", { name: `Span request ${index}` }).waitFor();
      await page.keyboard.press("j");
    }
    await page.getByRole("article", { name: "Span request 60" }).waitFor();
    await page.keyboard.press("Escape");
    // The list is where one has come to.
    await page.getByRole("article").waitFor({ state: "hidden" });
    expect(await activeRow(page, "grid")).toContain("request 60");
  });

  it("keep the columns a person chose and their widths, in this project's table only", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("button", { name: "Columns" }).click();
    const columns = page.getByRole("dialog", { name: "Columns" });
    await columns.getByText("Model", { exact: true }).click();
    await columns.getByText("Trace id", { exact: true }).click();
    await page.keyboard.press("Escape");
    await columns.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Latency" }).focus();
    await page.keyboard.press("Alt+ArrowRight");
    const width = async () => (await page.getByRole("columnheader", { name: "Latency" }).boundingBox())?.width;
    const wide = await width();
    await page.reload();
    await page.getByRole("columnheader", { name: "Trace id" }).waitFor();
    expect(await page.getByRole("columnheader", { name: "Model" }).count()).toBe(0);
    expect(await width()).toBe(wide);
    await page.goto(`${base}${path}/traces`);
    await page.getByRole("columnheader", { name: "Spans" }).waitFor();
    expect(await page.getByRole("columnheader", { name: "Trace id" }).count()).toBe(0);
  });

  it("show what senders noted, and the rows of which the same was noted", async () => {
    const noted = projectName("noted");
    const metadata = (tier: string) => ({ metadata: JSON.stringify({ tier, plan: { seats: 5 } }) });
    await Promise.all(
      ["gold", "silver", "gold"].map((tier, index) =>
        sendTrace(noted, { name: `${tier} ${index}`, attributes: metadata(tier) }, { secondsAgo: index }),
      ),
    );
    const page = await open(`${await projectPath(noted)}/spans?spanFilterCondition=`);
    await page.getByRole("link", { name: "gold 0" }).waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    const columns = page.getByRole("dialog", { name: "Columns" });
    await columns.getByText("Metadata", { exact: true }).click();
    await page.keyboard.press("Escape");
    await columns.waitFor({ state: "hidden" });
    await page.getByText("tier: silver, plan.seats: 5").waitFor();
    // Asked with the rows from now on.
    await page.reload();
    await page.getByRole("button", { name: "tier: gold, plan.seats: 5" }).first().click();
    const values = page.getByRole("dialog", { name: "Metadata" });
    await values.getByText("plan.seats").waitFor();
    await screenshot(page, "spans-metadata-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await values.getByRole("button", { name: "Only rows with the same tier" }).click();
    await expect.poll(() => names(page)).toEqual(["gold 0", "gold 2"]);
    expect(new URL(page.url()).searchParams.get("spanFilterCondition")).toBe("metadata['tier'] == 'gold'");
  });

  it("have columns that are moved, pinned and hidden from their headers, also with the keyboard", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    const order = async () => (await page.getByRole("columnheader").allInnerTexts()).slice(1, 6);
    await page.getByRole("columnheader", { name: "Status" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Move left" }).click();
    await expect.poll(order).toEqual(["Name", "Status", "Kind", "Input", "Output"]);
    await page.getByRole("button", { name: "Name", exact: true }).focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Alt+ArrowDown"]) await page.keyboard.press(key);
    await page.getByRole("menu", { name: "Options of the column Input" }).waitFor();
    await screenshot(page, "column-menu-light");
    await page.getByRole("menuitem", { name: "Pin to the left" }).click();
    await expect.poll(order).toEqual(["Name", "Input", "Status", "Kind", "Output"]);
    await page.getByRole("columnheader", { name: "Status" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Hide" }).click();
    await expect.poll(order).toEqual(["Name", "Input", "Kind", "Output", "Model"]);
    await page.reload();
    await expect.poll(order).toEqual(["Name", "Input", "Kind", "Output", "Model"]);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("button", { name: "As it came" }).click();
    await expect.poll(order).toEqual(["Name", "Kind", "Status", "Input", "Output"]);
  });

  it("are picked one by one, in ranges and all together, and copied", async () => {
    const page = await open(`${path}/spans`, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("link", { name: "request 2", exact: true }).waitFor();
    await page.getByRole("button", { name: "Select row 3", exact: true }).click();
    const bar = page.getByRole("toolbar", { name: "Selection" });
    await bar.getByText("1 selected").waitFor();
    await page.getByRole("button", { name: "Select row 6", exact: true }).click({ modifiers: ["Shift"] });
    await bar.getByText("4 selected").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "spans-selected-light");
    await bar.getByRole("button", { name: "Copy as JSON" }).click();
    await page.getByRole("status").getByText("4 rows copied").waitFor();
    const copied = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
    expect(copied.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual([
      "request 2",
      "request 3",
      "request 4",
      "request 5",
    ]);
    await bar.getByRole("button", { name: "Copy as CSV" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Name,Kind,Status,Input/);
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "hidden" });
    // With the keyboard alone.
    await page.getByRole("grid").focus();
    for (const key of ["Home", "Space", "Shift+ArrowDown", "Shift+ArrowDown"]) await page.keyboard.press(key);
    await bar.getByText("3 selected").waitFor();
    await page.keyboard.press("Control+a");
    // As many as are loaded.
    await bar.getByText(/^(50|100) selected/).waitFor();
  });

  it("are peeked at with the keyboard, row by row", async () => {
    const page = await open(`${path}/spans`, { theme: "dark" });
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.keyboard.press("p");
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("article", { name: "Span request 0" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("article", { name: "Span request 1" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "spans-peek-dark");
    await page.keyboard.press("p");
    await page.getByRole("article").waitFor({ state: "hidden" });
  });

  it("are where one left them, scrolled and picked, after a trace was read or the peek was closed", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    const grid = page.getByRole("grid");
    const scrolled = () => grid.evaluate((element) => element.parentElement?.scrollTop ?? 0);
    await grid.focus();
    // The next rows come on the way.
    while (!(await activeRow(page, "grid")).includes("request 60")) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    const before = await scrolled();
    expect(before).toBeGreaterThan(0);
    await page.keyboard.press("p");
    await page.getByRole("article", { name: "Span request 60" }).waitFor();
    expect(await scrolled()).toBe(before);
    await page.keyboard.press("Enter");
    await page.waitForURL(/selectedSpanNodeId/);
    await page.getByRole("treegrid").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("treegrid").waitFor({ state: "hidden" });
    expect(await activeRow(page, "grid")).toContain("request 60");
    expect(await scrolled()).toBe(before);
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("p");
    await page.getByRole("article").waitFor({ state: "hidden" });
    expect(await scrolled()).toBe(before);
  });

  it("become three lines a row, or two lines on a narrow screen", async () => {
    const page = await open(`${path}/spans`, { theme: "dark" });
    await page.getByRole("button", { name: "Three lines a row" }).click();
    await page.getByText("city number 0, and will it rain this weekend?").waitFor();
    await screenshot(page, "spans-tall-dark");
    await page.setViewportSize({ width: 420, height: 860 });
    await page.getByText("120 tok").first().waitFor();
    expect(await page.getByRole("columnheader").first().isVisible()).toBe(true);
    await screenshot(page, "spans-narrow-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("fit a tablet with their figures in sight", async () => {
    const page = await open(`${path}/spans`, { theme: "dark", viewport: { width: 820, height: 1180 } });
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    const latency = await page.getByRole("columnheader", { name: "Latency" }).boundingBox();
    expect((latency?.x ?? 0) + (latency?.width ?? 0)).toBeLessThan(820);
    await screenshot(page, "spans-tablet-dark");
  });
});

describe("the time range", () => {
  it("is chosen by typing a duration", async () => {
    const page = await open(`${path}/spans`);
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.keyboard.press("t");
    await page.getByRole("dialog", { name: "Time range" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.type("25m");
    await page.getByRole("menuitem", { name: "Last 25 minutes" }).waitFor();
    await screenshot(page, "time-range-light");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}${path}/spans?timeRangeKey=25m`);
    await page.getByText(/2\d spans in this time range/).waitFor();
  });

  it("is picked from the calendar", async () => {
    const page = await open(`${path}/spans`, { theme: "dark" });
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
    await page.keyboard.press("t");
    await page.getByRole("menuitem", { name: "Pick from calendar" }).click();
    await page.getByRole("button", { name: "Apply" }).waitFor();
    await screenshot(page, "time-range-calendar-dark");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.waitForURL(/timeRangeStart=.*&timeRangeEnd=/);
  });

  it("pans and zooms, and does not go past now", async () => {
    const page = await open(`${path}/spans?timeRangeKey=1h`);
    const strip = page.getByRole("group", { name: "Time range controls" });
    const forward = strip.getByRole("button", { name: "Pan forward in time" });
    await forward.waitFor();
    expect(await forward.isDisabled()).toBe(true);
    await strip.getByRole("button", { name: "Zoom in" }).click();
    await page.waitForURL(/timeRangeKey=30m/);
    await strip.getByRole("button", { name: "Pan back in time" }).click();
    await page.waitForURL(/timeRangeStart=/);
    await expect.poll(() => forward.isDisabled()).toBe(false);
  });

  it("without anything in it says so and leads on", async () => {
    const page = await open(`${path}/spans?timeRangeStart=2020-01-01T00:00:00Z&timeRangeEnd=2020-01-02T00:00:00Z`);
    await page.getByRole("heading", { name: "No spans in this time range" }).waitFor();
    await screenshot(page, "spans-none-light");
    await page.getByRole("button", { name: "Show the last year" }).click();
    await page.getByRole("link", { name: "request 0", exact: true }).waitFor();
  });
});

describe("live", () => {
  it("lets new rows in at the top, and collects them behind a bar once one has scrolled", async () => {
    const name = projectName("live");
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => sendTrace(name, { name: `old ${index}` }, { secondsAgo: 60 + index })),
    );
    const page = await open(`${await projectPath(name)}/spans`);
    await page.getByRole("link", { name: "old 0", exact: true }).waitFor();
    await sendTrace(name, { name: "first news" });
    await page.getByRole("link", { name: "first news" }).waitFor();

    await page.getByRole("grid").focus();
    for (let step = 0; step < 40; step++) await page.keyboard.press("ArrowDown");
    const place = () => page.getByRole("grid").evaluate((grid) => grid.parentElement?.scrollTop);
    const before = await place();
    await sendTrace(name, { name: "second news" });
    await sendTrace(name, { name: "third news" });
    await page.getByRole("button", { name: "2 new spans" }).waitFor();
    expect(await place()).toBe(before);
    await screenshot(page, "spans-news-light");
    await page.getByRole("button", { name: "2 new spans" }).click();
    await page.getByRole("link", { name: "third news" }).waitFor();
    expect(await place()).toBe(0);
  });

  it("stops with l", async () => {
    const name = projectName("still");
    await sendTrace(name, { name: "old" }, { secondsAgo: 60 });
    const page = await open(`${await projectPath(name)}/spans`);
    await page.getByRole("link", { name: "old" }).waitFor();
    await page.keyboard.press("l");
    await page.getByRole("button", { name: "Resume live streaming" }).waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.postDataJSON()?.operationName ?? ""));
    await sendTrace(name, { name: "unseen" });
    await page.keyboard.press("l");
    await page.getByRole("link", { name: "unseen" }).waitFor();
    expect(asked.filter((operation) => operation === "useProjectPollingQuery").length).toBeGreaterThan(0);
  });
});

describe("the traces of a project", () => {
  it("are their root spans with what the whole trace took", async () => {
    const name = projectName("travel");
    await sendRecording("oi-py-openai-agents", name);
    await sendRecording("oi-py-openai-chat-tools", name);
    const page = await open(`${await projectPath(name)}/traces`, { theme: "dark" });
    const row = page.getByRole("row").filter({ hasText: "travel workflow" });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/travel workflow\s+Agent\s+1 error\s.*21\s+675\s+\S+\s+1\.86s/s);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "traces-dark");
  });
});

describe("the sessions of a project", () => {
  it("tell how to send them where there are none", async () => {
    const page = await open(`${path}/sessions`);
    await page.getByRole("heading", { name: "No sessions in this time range" }).waitFor();
    for (const [language, code] of [
      ["Java", "sessionId(conversationId)"],
      ["TypeScript", "setSession"],
    ] as const) {
      await page.getByRole("radio", { name: language, exact: true }).click();
      await page.getByLabel("how to name the session", { exact: true }).getByText(code).first().waitFor();
    }
  });

  it("are conversations, turn by turn, each one step from its trace", async () => {
    const topic = projectName("sessions");
    const turn = (question: string, answer: string) => ({
      name: "chat",
      kind: "AGENT",
      ms: 900,
      attributes: {
        "session.id": `${topic}-anna`,
        "user.id": "anna",
        "input.value": question,
        "output.value": answer,
      },
    });
    await sendTrace(topic, turn("Where is my order?", "On its **way**."), { secondsAgo: 50 });
    await sendTrace(topic, turn("When does it arrive?", "Tomorrow."), { secondsAgo: 20 });
    await sendTrace(topic, {
      name: "chat",
      ms: 10,
      error: "no answer",
      attributes: { "session.id": `${topic}-ben`, "input.value": "Hello?" },
    });
    const at = await projectPath(topic);
    const page = await open(`${at}/spans`);
    await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Sessions" }).click();
    const rows = page.getByRole("grid", { name: "Sessions" }).getByRole("row");
    await rows.nth(2).waitFor();
    expect(await rows.nth(1).innerText()).toMatch(/ben.*Hello\?/s);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "sessions-light");
    await page.getByRole("grid", { name: "Sessions" }).focus();
    await page.keyboard.press("p");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("region", { name: "Conversation" }).getByText("Hello?").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("region", { name: "Conversation" }).getByText("Tomorrow.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "sessions-peek-light");
    await page.keyboard.press("p");
    await page.getByRole("region", { name: "Conversation" }).waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.getByRole("article", { name: "Turn 2" }).getByText("Tomorrow.").waitFor();
    expect(await page.getByRole("article", { name: "Turn 1" }).locator("strong").innerText()).toBe("way");
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, "session-light");
    await page.keyboard.press("k");
    await page.getByText("No output: the sender did not set output.value").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("article", { name: "Turn 1" }).getByRole("link", { name: /chat/ }).click();
    await page.waitForURL(/\/traces\//);
    await page.getByRole("treegrid").waitFor();
    await page.goBack();
    await page.getByRole("article", { name: "Turn 2" }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL(`${base}${at}/sessions`);
  });
});
