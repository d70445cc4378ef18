import { ChevronsUpDown } from "lucide-react";
import {
  Button,
  ComboBox as AriaComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListLayout,
  Text,
  Virtualizer,
} from "react-aria-components";
import { cx } from "../lib/cx";
import { inputLook, labelLook } from "./Field";
import { Popover } from "./Popover";

const ROW = 28;

/** One of many, found by typing. */
export function ComboBox({
  label,
  note,
  options,
  value,
  onChange,
}: {
  label: string;
  note?: string;
  options: { id: string; label: string }[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <AriaComboBox
      value={value}
      onChange={(id) => id !== null && onChange(String(id))}
      defaultItems={options}
      menuTrigger="focus"
      className="flex flex-col gap-1"
    >
      <Label className={labelLook}>{label}</Label>
      <div className="relative">
        <Input className={cx(inputLook, "pr-8")} />
        <Button className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-control text-ink-3 hovered:bg-hover">
          <ChevronsUpDown size={14} aria-hidden />
        </Button>
      </div>
      {note && (
        <Text slot="description" className="text-meta text-ink-3">
          {note}
        </Text>
      )}
      <Popover className="w-(--trigger-width)">
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW }}>
          <ListBox className="max-h-72 overflow-auto p-1 outline-none">
            {(option: { id: string; label: string }) => (
              <ListBoxItem
                id={option.id}
                textValue={option.label}
                className="flex h-7 cursor-default items-center rounded-control px-2 text-body outline-none selected:font-medium data-[focused]:bg-hover dark:data-[focused]:bg-pressed"
              >
                {option.label}
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      </Popover>
    </AriaComboBox>
  );
}
