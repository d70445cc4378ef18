import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Highlighted } from "./Highlighted";
import { RenderedMarkdown } from "./RenderedMarkdown";
import { tokenize } from "./tokenize";
import { ValueView } from "./ValueView";

beforeEach(() => localStorage.clear());

describe("a value", () => {
  it("is JSON where it is a structure", () => {
    render(<ValueView text='{"city": "Oslo", "list": [1, 2]}' />);
    expect(screen.getByRole("button", { name: "Fold list" })).toBeDefined();
  });

  it("folds when it is long, naming its size", async () => {
    const text = Array.from({ length: 400 }, (_, index) => `line ${index}`).join("\n");
    render(<ValueView text={text} />);
    expect(screen.queryByText(/line 399/)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show all (3.5 kB)" }));
    expect(screen.getByText(/line 399/)).toBeDefined();
  });

  it("says when it is empty", () => {
    render(<ValueView text="" />);
    expect(screen.getByText("Empty")).toBeDefined();
  });
});

describe("markdown", () => {
  it("never becomes HTML of its own", () => {
    const { container } = render(
      <RenderedMarkdown
        text={'**bold** <img src=x onerror="alert(1)"> <script>alert(1)</script> [x](javascript:alert(1))'}
      />,
    );
    expect(container.querySelector("strong")?.textContent).toBe("bold");
    expect(container.querySelector("img, script")).toBeNull();
    expect(container.querySelector("a")?.getAttribute("href")).toBe("");
  });

  it("does not fetch images", () => {
    const { container } = render(<RenderedMarkdown text="![a cat](https://example.com/cat.png)" />);
    expect(container.querySelector("img")).toBeNull();
    expect(container.textContent).toBe("[image: a cat]");
  });
});

it("marks every occurrence, whatever its case", () => {
  const { container } = render(<Highlighted text="Chain of chains" needle="CHAIN" />);
  expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["Chain", "chain"]);
  expect(container.textContent).toBe("Chain of chains");
});

it("tokens of a snippet put together are the snippet", () => {
  const code = `import { a } from "b"; // why\nconst url = "http://x"; # no\nlet n = 1.5;`;
  const tokens = tokenize(code);
  expect(tokens.map(({ text }) => text).join("")).toBe(code);
  expect(tokens.find(({ kind }) => kind === "comment")?.text).toBe("// why");
  expect(tokens.filter(({ kind }) => kind === "string").map(({ text }) => text)).toEqual(['"b"', '"http://x"']);
});
