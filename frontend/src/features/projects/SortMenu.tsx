import { ArrowDownUp } from "lucide-react";
import { usePreference } from "../../lib/preferences";
import { Button } from "../../ui/Button";
import { Menu, MenuChoices } from "../../ui/Menu";

const choices = [
  { id: "endTime desc", label: "Last updated first" },
  { id: "endTime asc", label: "Last updated last" },
  { id: "name asc", label: "Name, A to Z" },
  { id: "name desc", label: "Name, Z to A" },
];

export function SortMenu() {
  const [sort, setSort] = usePreference("projectsSort");
  const current = choices.find(({ id }) => id === `${sort.column} ${sort.direction}`);
  return (
    <Menu
      label="Sort"
      trigger={
        <Button look="quiet" icon={<ArrowDownUp size={14} />} aria-label={`Sort: ${current?.label ?? ""}`}>
          <span className="max-phone:hidden">{current?.label}</span>
        </Button>
      }
    >
      <MenuChoices
        mode="single"
        choices={choices}
        selected={current ? [current.id] : []}
        onChange={([chosen = ""]) => {
          const [column, direction] = chosen.split(" ");
          if ((column === "name" || column === "endTime") && (direction === "asc" || direction === "desc")) {
            setSort({ column, direction });
          }
        }}
      />
    </Menu>
  );
}
