import { ArrowDownUp } from "lucide-react";
import { usePreference } from "../../lib/preferences";
import { projectsText } from "../../text/projects";
import { Button } from "../../ui/Button";
import { Menu, MenuChoices } from "../../ui/Menu";

const choices = Object.entries(projectsText.sort.choices).map(([id, label]) => ({ id, label }));

export function SortMenu() {
  const [sort, setSort] = usePreference("projectsSort");
  const current = choices.find(({ id }) => id === `${sort.column} ${sort.direction}`);
  return (
    <Menu
      label={projectsText.sort.title}
      trigger={
        <Button
          look="quiet"
          icon={<ArrowDownUp size={14} />}
          aria-label={projectsText.sort.current(current?.label ?? "")}
        >
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
