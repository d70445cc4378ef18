import { expect, it } from "vitest";
import { cutAtLines } from "./fold";

it("leaves short texts whole", () => {
  expect(cutAtLines("", 3)).toBeNull();
  expect(cutAtLines("a\n".repeat(7), 3)).toBeNull();
});

it("cuts long ones at a line's end", () => {
  const text = "line\n".repeat(50);
  const cut = cutAtLines(text, 3);
  expect(text.slice(0, cut ?? 0)).toBe("line\nline\nline\n");
});

it("counts a line of many characters as the lines it takes", () => {
  const cut = cutAtLines("x".repeat(10_000), 3);
  expect(cut).toBe(276);
});
