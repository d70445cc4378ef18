import { Braces, Sheet, X } from "lucide-react";
import type { ReactNode } from "react";
import { copyText } from "../../lib/copyText";
import { useShortcuts } from "../../lib/shortcuts";
import { notify } from "../../lib/toasts";
import { tableText } from "../../text/table";
import { Button, IconButton } from "../Button";
import type { Column } from "./columns";
import { toCsv, toJsonLines } from "./copyRows";

/** Over the end of the table, while rows are picked: what can be done with them. */
export function SelectionBar<Row>({
  columns,
  rows,
  actions,
  onClear,
}: {
  columns: Column<Row>[];
  rows: readonly Row[];
  /** What else can be done with them here. */
  actions?: ReactNode;
  onClear: () => void;
}) {
  const copy = (text: string) => {
    void copyText(text).then(() => notify({ tone: "success", title: tableText.copied(rows.length) }));
  };
  useShortcuts([
    { keys: "esc", label: tableText.clear, group: tableText.selection, run: onClear },
    {
      keys: "mod+c",
      label: tableText.copyJson,
      group: tableText.selection,
      run: () => copy(String(window.getSelection()) || toJsonLines(columns, rows)),
    },
  ]);
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 z-30 flex justify-center px-2">
      <div
        role="toolbar"
        aria-label={tableText.selection}
        className="pointer-events-auto flex flex-wrap items-center gap-1 rounded-surface bg-raised py-1 pr-1 pl-3 text-meta shadow-overlay"
      >
        <span role="status" className="tabular pr-2 font-medium">
          {tableText.selected(rows.length)}
        </span>
        <Button look="quiet" icon={<Braces size={14} aria-hidden />} onPress={() => copy(toJsonLines(columns, rows))}>
          {tableText.copyJson}
        </Button>
        <Button look="quiet" icon={<Sheet size={14} aria-hidden />} onPress={() => copy(toCsv(columns, rows))}>
          {tableText.copyCsv}
        </Button>
        {actions}
        <IconButton label={tableText.clear} shortcut="esc" icon={<X size={14} />} placement="top" onPress={onClear} />
      </div>
    </div>
  );
}
