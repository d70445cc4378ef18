import { expect, it } from "vitest";
import { joined, quoted } from "./join";

it("joins conditions so that both hold", () => {
  expect(joined("", "a == 1")).toBe("a == 1");
  expect(joined("a == 1", "b == 2")).toBe("a == 1 and b == 2");
  expect(joined("a == 1 or c == 3", "b == 2")).toBe("(a == 1 or c == 3) and b == 2");
  expect(joined("a == 1", "b == 2 or c == 3")).toBe("a == 1 and (b == 2 or c == 3)");
  expect(joined("a == 1", "any(s.x == 1 for s in spans)")).toBe("a == 1 and any(s.x == 1 for s in spans)");
});

it("quotes what a text holds", () => {
  expect(quoted("it's\na \\")).toBe(String.raw`'it\'s\na \\'`);
});
