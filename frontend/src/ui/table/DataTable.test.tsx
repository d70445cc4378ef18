import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useCellOverlay } from "./CellOverlays";
import type { Column } from "./columns";
import { DataTable } from "./DataTable";

type City = { id: string; name: string; people: number };

const cities: City[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `c${index}`,
  name: `City ${index}`,
  people: index,
}));

const columns: Column<City>[] = [
  {
    id: "name",
    title: "Name",
    width: 200,
    minWidth: 100,
    canHide: false,
    cell: (city) => <a href="#x">{city.name}</a>,
  },
  {
    id: "people",
    title: "People",
    width: 100,
    minWidth: 60,
    align: "end",
    canSort: true,
    cell: ({ people }) => people,
  },
];

function show(props: Partial<React.ComponentProps<typeof DataTable<City>>> = {}) {
  const onOpen = vi.fn<(city: City) => void>();
  const onSort = vi.fn<(sort: { column: string; direction: "asc" | "desc" }) => void>();
  const table = (given: Partial<React.ComponentProps<typeof DataTable<City>>>) => (
    <DataTable
      label="Cities"
      storageKey="cities"
      columns={columns}
      rows={cities}
      rowKey={(city) => city.id}
      rowHeight={28}
      onOpen={onOpen}
      onSort={onSort}
      compact={({ name }) => name}
      empty={<p>No cities</p>}
      end={<p>That is all</p>}
      {...given}
    />
  );
  const { rerender } = render(table(props));
  return {
    onOpen,
    onSort,
    rerender: (changed: typeof props) => rerender(table(changed)),
    grid: screen.getByRole("grid", { name: "Cities" }),
  };
}

function Peek({ city }: { city: City }) {
  const open = useCellOverlay();
  return (
    <button
      type="button"
      onClick={({ currentTarget }) => open(currentTarget, ({ onClose }) => <Peeked city={city} onClose={onClose} />)}
    >
      Peek at {city.name}
    </button>
  );
}

function Peeked({ city, onClose }: { city: City; onClose: () => void }) {
  return (
    <button type="button" onClick={onClose}>
      Close {city.name}
    </button>
  );
}

const activeRow = (grid: HTMLElement) => {
  const id = grid.getAttribute("aria-activedescendant");
  return id ? document.getElementById(id)?.textContent : null;
};

beforeEach(() => localStorage.clear());

describe("DataTable", () => {
  it("keeps only the rows on screen in the document", () => {
    const { grid } = show();
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    expect(grid.getAttribute("aria-rowcount")).toBe("5001");
  });

  it("moves with the arrow keys and opens with Enter", async () => {
    const { grid, onOpen } = show();
    const user = userEvent.setup();
    await user.tab();
    expect(document.activeElement).toBe(grid);
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}{ArrowDown}");
    expect(activeRow(grid)).toBe("City 11");
    await user.keyboard("{Enter}");
    expect(onOpen).toHaveBeenCalledWith(cities[1]);
  });

  it("opens a row by pressing it, but leaves links and modified presses to the browser", async () => {
    const { onOpen } = show();
    const user = userEvent.setup();
    await user.click(screen.getByText("3"));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(cities[3]);
    await user.click(screen.getByText("City 4"));
    await user.keyboard("{Control>}");
    await user.click(screen.getByText("5"));
    expect(onOpen).toHaveBeenCalledTimes(1);
  });

  it("sorts by the columns the server can sort by, and says how", async () => {
    const { onSort } = show({ sort: { column: "people", direction: "desc" } });
    expect(screen.getByRole("columnheader", { name: "People" }).getAttribute("aria-sort")).toBe("descending");
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "People" }));
    expect(onSort).toHaveBeenCalledWith({ column: "people", direction: "asc" });
  });

  it("resizes the focused column with Alt and the arrow keys, and remembers it", async () => {
    const { grid } = show();
    screen.getByRole("button", { name: "People" }).focus();
    await userEvent.keyboard("{Alt>}{ArrowRight}{/Alt}");
    expect(grid.style.getPropertyValue("--columns")).toBe("200px 116px");
    expect(JSON.parse(localStorage.getItem("cities") ?? "")).toMatchObject({ widths: { people: 116 } });
  });

  it("shows that it is busy, that it is empty, and where it ends", () => {
    const { grid } = show({ rows: null, storageKey: "busy" });
    expect(grid.getAttribute("aria-busy")).toBe("true");
    show({ rows: [], label: "None" });
    expect(screen.getByText("No cities")).toBeDefined();
    expect(screen.queryByText("That is all")).toBeNull();
    show({ rows: cities.slice(0, 2), label: "Two" });
    expect(screen.getByText("That is all")).toBeDefined();
  });

  it("keeps what a cell has opened while rows come above it", async () => {
    const peekable = columns.map((column) =>
      column.id === "name" ? { ...column, cell: (city: City) => <Peek city={city} /> } : column,
    );
    const { rerender } = show({ columns: peekable, rows: cities.slice(5) });
    await userEvent.click(screen.getByRole("button", { name: "Peek at City 5" }));
    rerender({ columns: peekable, rows: cities });
    rerender({ columns: peekable, rows: null });
    await userEvent.click(screen.getByRole("button", { name: "Close City 5" }));
    expect(screen.queryByRole("button", { name: "Close City 5" })).toBeNull();
  });

  it("asks for more when the end comes near", () => {
    const onLoadMore = vi.fn<() => void>();
    show({ rows: cities.slice(0, 10), onLoadMore });
    expect(onLoadMore).toHaveBeenCalled();
  });
});
