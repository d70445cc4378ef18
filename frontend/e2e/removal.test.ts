import { describe, expect, it } from "vitest";
import { accessibilityProblems, open, screenshot } from "./support/browser";
import { sendTrace } from "./support/otlp";
import { graphql, projectName, projectPath } from "./support/server";

async function threeTraces(project: string): Promise<string> {
  for (const [index, name] of ["first", "second", "third"].entries()) {
    await sendTrace(project, { name, children: [{ name: `${name} child` }] }, { secondsAgo: 60 - index });
  }
  return projectPath(project);
}

async function tracesOf(project: string): Promise<string[]> {
  const { getProjectByName: found } = await graphql<{
    getProjectByName: { traces: { edges: { node: { rootSpan: { name: string } } }[] } };
  }>(
    "query ($name: String!) { getProjectByName(name: $name) { traces(first: 9) { edges { node { rootSpan { name } } } } } }",
    { name: project },
  );
  return found.traces.edges.map(({ node }) => node.rootSpan.name).toSorted();
}

describe("picked traces", () => {
  it("are deleted once that is confirmed, each once although several of its spans are picked", async () => {
    const project = projectName("deleting");
    const page = await open(`${await threeTraces(project)}/spans?spanFilterCondition=`);
    await page.getByRole("link", { name: "first child" }).waitFor();
    for (const name of ["first", "first child"]) {
      await page
        .getByRole("row")
        .filter({ has: page.getByRole("link", { name, exact: true }) })
        .getByRole("button", { name: /^Select row/ })
        .click();
    }
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Delete" }).click();
    const question = page.getByRole("alertdialog", { name: "Delete 1 trace?" });
    await question.waitFor();
    await screenshot(page, "traces-delete-light");
    expect(await accessibilityProblems(page)).toEqual([]);
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await tracesOf(project)).toEqual(["first", "second", "third"]);
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Delete" }).click();
    await question.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Deleted 1 trace").first().waitFor();
    await page.getByRole("link", { name: "first child" }).waitFor({ state: "hidden" });
    expect(await tracesOf(project)).toEqual(["second", "third"]);
    expect(await page.getByRole("toolbar", { name: "Selection" }).count()).toBe(0);
  });

  it("are moved to another project, which is one press away then", async () => {
    const project = projectName("moving");
    const target = projectName("target");
    await sendTrace(target, { name: "already there" });
    const page = await open(`${await threeTraces(project)}/traces`, { theme: "dark" });
    await page.getByRole("link", { name: "second" }).waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Move" }).click();
    const dialog = page.getByRole("dialog", { name: "Move 2 traces" });
    await dialog.getByRole("combobox", { name: "To project" }).fill(project);
    // Nothing is moved to where it is.
    expect(await page.getByRole("option", { name: project, exact: true }).count()).toBe(0);
    await dialog.getByRole("combobox", { name: "To project" }).fill(target);
    await expect.poll(() => page.getByRole("option").allInnerTexts()).toEqual([target]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("listbox").waitFor({ state: "hidden" });
    await screenshot(page, "traces-move-dark");
    await dialog.getByRole("button", { name: "Move" }).click();
    await page.getByRole("button", { name: "Open project" }).click();
    await page.getByRole("link", { name: "already there" }).waitFor();
    expect(await tracesOf(project)).toEqual(["first"]);
    expect(await tracesOf(target)).toEqual(["already there", "second", "third"]);
  });
});
