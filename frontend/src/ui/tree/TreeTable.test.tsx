import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { TreeTable } from "./TreeTable";

/** root > (agent > (llm, tool), answer), with the agent collapsible. */
const all = [
  { name: "root", level: 0 },
  { name: "agent", level: 1 },
  { name: "llm", level: 2 },
  { name: "tool", level: 2 },
  { name: "answer", level: 1 },
];

function Tree() {
  const [isOpen, setOpen] = useState(true);
  const [selected, setSelected] = useState(0);
  const rows = isOpen ? all : all.filter(({ level }) => level < 2);
  return (
    <TreeTable
      label="Spans"
      autoFocus
      count={rows.length}
      rowAt={(index) => ({
        level: rows[index]?.level ?? 0,
        isExpandable: (rows[index]?.name ?? "") < "b" && rows[index]?.name !== "answer" ? true : index === 0,
        isExpanded: rows[index]?.name === "agent" ? isOpen : true,
      })}
      nameAt={(index) => rows[index]?.name ?? ""}
      selected={selected}
      onSelect={setSelected}
      onToggle={(_, expand) => setOpen(expand)}
      columns="1fr"
      columnCount={1}
      header={<span role="columnheader">Span</span>}
      renderRow={(index) => <span role="gridcell">{rows[index]?.name}</span>}
      reservedKeys="x"
    />
  );
}

const selected = () => screen.getByRole("row", { selected: true }).textContent;

describe("TreeTable", () => {
  it("takes the focus and walks with the arrow keys", async () => {
    render(<Tree />);
    const user = userEvent.setup();
    expect(document.activeElement).toBe(screen.getByRole("treegrid", { name: "Spans" }));
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(selected()).toBe("llm");
    await user.keyboard("{ArrowLeft}");
    expect(selected()).toBe("agent");
    await user.keyboard("{End}");
    expect(selected()).toBe("answer");
    await user.keyboard("{Home}{ArrowRight}");
    expect(selected()).toBe("agent");
  });

  it("collapses and expands", async () => {
    render(<Tree />);
    const user = userEvent.setup();
    await user.keyboard("{ArrowDown}{ArrowLeft}");
    expect(screen.queryByText("llm")).toBeNull();
    expect(screen.getByRole("row", { selected: true }).getAttribute("aria-expanded")).toBe("false");
    await user.keyboard("{ArrowRight}");
    expect(screen.getByText("llm")).toBeDefined();
  });

  it("jumps to names by their letters, except the keys of the page", async () => {
    render(<Tree />);
    const user = userEvent.setup();
    await user.keyboard("an");
    expect(selected()).toBe("answer");
    await user.keyboard("{Home}x");
    expect(selected()).toBe("root");
  });

  it("tells its structure to assistive technology", () => {
    render(<Tree />);
    expect(screen.getAllByRole("row").map((row) => row.getAttribute("aria-level"))).toEqual([
      null,
      "1",
      "2",
      "3",
      "3",
      "2",
    ]);
  });
});
