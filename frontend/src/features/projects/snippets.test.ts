import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { firstTrace, languages } from "./snippets";

const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");

/** The same code whatever its lines are. */
const flat = (code: string) => code.replaceAll(/\s+/g, "");

// README.md's examples are run by its tests; what the page shows differs from them by the endpoint only.
test.each(languages.filter(({ isInReadme }) => isInReadme))(
  "$title: the first trace is the one of the README",
  ({ id }) => {
    const { install, code } = firstTrace(id, {
      endpoint: "http://localhost:6006",
      projectName: "my-app",
      hasKeys: false,
    });
    const endpoint = /(\.endpoint\(".*?"\)|endpoint=".*?",|url: ".*?",)\s*/;
    expect(code).toMatch(endpoint);
    expect(flat(readme)).toContain(flat(code.replace(endpoint, "")));
    expect(flat(readme)).toContain(flat(install ?? ""));
  },
);

test.each(languages)("$title: the example has the endpoint, the project, and no key of its own", ({ id }) => {
  const { code } = firstTrace(id, { endpoint: "https://phoenix.example.com/root", projectName: "shop", hasKeys: true });
  expect(code).toContain("https://phoenix.example.com/root");
  expect(code).toContain("shop");
  expect(code).not.toMatch(/<your/);
});
