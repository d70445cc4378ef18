import { expect, it } from "vitest";
import { idKind, score } from "./ids";

it.each([
  ["4bf92f3577b34da6a3ce929d0e0e4736", "trace"],
  ["4BF92F3577B34DA6A3CE929D0E0E4736", "trace"],
  ["00f067aa0ba902b7", "span"],
  ["session-42", "text"],
  ["", "text"],
])("%s could be the id of a %s", (text, kind) => expect(idKind(text)).toBe(kind));

it("prefers the beginning, then words, then parts, then letters in order", () => {
  const found = ["Deprecated", "My projects", "Projects", "reprojects", "P r o ject", "Traces"]
    .map((text) => [score(text, "proj"), text] as const)
    .filter(([points]) => points > 0)
    .toSorted(([a], [b]) => b - a)
    .map(([, text]) => text);
  expect(found).toEqual(["Projects", "My projects", "reprojects", "P r o ject"]);
});
