import { Columns3 } from "lucide-react";
import { IconButton } from "../Button";
import { Menu, MenuChoices } from "../Menu";
import { isColumnShown, type Column } from "./columns";
import { useColumnPreferences } from "./useColumnPreferences";

export function ColumnsMenu<Row>({ storageKey, columns }: { storageKey: string; columns: Column<Row>[] }) {
  const [preferences, setPreferences] = useColumnPreferences(storageKey);
  const shown = columns.filter((column) => isColumnShown(column, preferences)).map(({ id }) => id);
  return (
    <Menu label="Columns" trigger={<IconButton label="Columns" icon={<Columns3 size={15} />} />}>
      <MenuChoices
        title="Columns"
        mode="multiple"
        choices={columns.map(({ id, title, canHide }) => ({ id, label: title, isDisabled: canHide === false }))}
        selected={shown}
        onChange={(ids) =>
          setPreferences((previous) => ({
            ...previous,
            visibility: Object.fromEntries(columns.map(({ id }) => [id, ids.includes(id)])),
          }))
        }
      />
    </Menu>
  );
}
