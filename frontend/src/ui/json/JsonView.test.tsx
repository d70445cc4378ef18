import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { JsonView } from "./JsonView";

describe("JsonView", () => {
  it("shows small values whole and folds them on request", async () => {
    const { container } = render(<JsonView value={{ city: "Oslo", wind: { speed: 3 } }} />);
    expect(container.textContent).toBe('{city: "Oslo",wind: {speed: 3}}');
    await userEvent.click(screen.getByRole("button", { name: "Fold wind" }));
    expect(container.textContent).toBe('{city: "Oslo",wind: {speed} 1 key}');
  });

  it("folds vectors and the depths of large values", () => {
    render(
      <JsonView
        value={{
          vector: Array.from({ length: 1536 }, (_, index) => index),
          rows: Array.from({ length: 200 }, (_, id) => ({ id })),
        }}
      />,
    );
    expect(screen.getByRole("button", { name: "Unfold vector" })).toBeDefined();
    expect(screen.getByText(/1,536 items/)).toBeDefined();
    expect(screen.getByText(/200 items/)).toBeDefined();
  });

  it("escapes quotes, so that a value is what it says", () => {
    const { container } = render(<JsonView value={{ quote: '"', path: "a\\b" }} />);
    expect(container.textContent).toBe('{quote: "\\"",path: "a\\\\b"}');
  });
});
