import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { activeShortcuts, useShortcuts, type Shortcut } from "./shortcuts";

function Layer({ shortcuts }: { shortcuts: Shortcut[] }) {
  useShortcuts(shortcuts);
  return <input aria-label="field" />;
}

const shortcut = (keys: string, run: () => void, label = keys): Shortcut => ({ keys, label, group: "Test", run });

describe("shortcuts", () => {
  it("run single keys, chords and sequences", async () => {
    const runs = { x: vi.fn<() => void>(), palette: vi.fn<() => void>(), projects: vi.fn<() => void>() };
    render(
      <Layer shortcuts={[shortcut("x", runs.x), shortcut("mod+k", runs.palette), shortcut("g p", runs.projects)]} />,
    );
    await userEvent.keyboard("x{Control>}k{/Control}gpp");
    expect(Object.values(runs).map((run) => run.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it("stay out of text fields", async () => {
    const run = vi.fn<() => void>();
    render(<Layer shortcuts={[shortcut("x", run)]} />);
    await userEvent.type(screen.getByLabelText("field"), "xx");
    expect(run).not.toHaveBeenCalled();
  });

  it("leave the keys of an overlay to the overlay", async () => {
    const run = vi.fn<() => void>();
    render(
      <>
        <Layer shortcuts={[shortcut("x", run), shortcut("mod+k", run)]} />
        <div role="dialog">
          <button type="button">inside</button>
        </div>
      </>,
    );
    screen.getByText("inside").focus();
    await userEvent.keyboard("x{Control>}k{/Control}");
    expect(run).not.toHaveBeenCalled();
  });

  it("belong to the innermost layer, and are listed once", async () => {
    const outer = vi.fn<() => void>();
    const inner = vi.fn<() => void>();
    const { rerender } = render(
      <>
        <Layer shortcuts={[shortcut("esc", outer, "outer")]} />
        <Layer shortcuts={[shortcut("esc", inner, "inner")]} />
      </>,
    );
    await userEvent.keyboard("{Escape}");
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1]);
    expect(activeShortcuts().map(({ label }) => label)).toEqual(["inner"]);
    rerender(<Layer shortcuts={[shortcut("esc", outer, "outer")]} />);
    await userEvent.keyboard("{Escape}");
    expect(outer).toHaveBeenCalledOnce();
  });
});
