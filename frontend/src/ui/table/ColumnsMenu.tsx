import { ArrowDown, ArrowUp, Columns3, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Dialog, DialogTrigger } from "react-aria-components";
import { tableText } from "../../text/table";
import { Button, IconButton } from "../Button";
import { Checkbox } from "../Checkbox";
import { EmptyNote } from "../EmptyState";
import { Popover } from "../Popover";
import { SearchField } from "../SearchField";
import { arrangeColumns, isColumnShown, type Column } from "./columns";
import { useColumnActions } from "./useColumnActions";

/** Which columns there are, and in which order. */
export function ColumnsMenu<Row>({ storageKey, columns }: { storageKey: string; columns: Column<Row>[] }) {
  return (
    <DialogTrigger>
      <IconButton label={tableText.columns} icon={<Columns3 size={15} />} />
      <Popover placement="bottom end">
        <Dialog aria-label={tableText.columns} className="flex max-h-[70vh] w-64 flex-col outline-none">
          <ColumnList storageKey={storageKey} columns={columns} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function ColumnList<Row>({ storageKey, columns }: { storageKey: string; columns: Column<Row>[] }) {
  const { preferences, actionsOf, show, reset } = useColumnActions(storageKey, columns);
  const [text, setText] = useState("");
  const found = arrangeColumns(columns, preferences).filter(({ title }) =>
    title.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return (
    <>
      <div className="border-b border-line p-2">
        <SearchField label={tableText.findColumn} value={text} onChange={setText} />
      </div>
      <ul className="min-h-0 grow overflow-auto p-1">
        {found.map((column) => {
          const isShown = isColumnShown(column, preferences);
          const { moveLeft, moveRight } = actionsOf(column);
          return (
            <li key={column.id} className="group flex h-7 items-center rounded-control pr-0.5 pl-2 hover:bg-hover">
              <Checkbox
                isSelected={isShown}
                isDisabled={column.canHide === false}
                onChange={(next) => show(column.id, next)}
                className="grow"
              >
                {column.title}
              </Checkbox>
              {isShown && (
                <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                  <IconButton
                    label={tableText.moveUp(column.title)}
                    size="small"
                    icon={<ArrowUp size={13} />}
                    isDisabled={moveLeft === null}
                    onPress={() => moveLeft?.()}
                  />
                  <IconButton
                    label={tableText.moveDown(column.title)}
                    size="small"
                    icon={<ArrowDown size={13} />}
                    isDisabled={moveRight === null}
                    onPress={() => moveRight?.()}
                  />
                </span>
              )}
            </li>
          );
        })}
        {found.length === 0 && <EmptyNote>{tableText.noColumn}</EmptyNote>}
      </ul>
      <div className="border-t border-line p-1">
        <Button look="quiet" icon={<RotateCcw size={13} aria-hidden />} onPress={reset}>
          {tableText.reset}
        </Button>
      </div>
    </>
  );
}
