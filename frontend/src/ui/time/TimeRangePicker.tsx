import { CalendarRange, ChevronDown } from "lucide-react";
import { Suspense, useState } from "react";
import { Autocomplete, Button, Dialog, DialogTrigger, Input, Menu, MenuItem, SearchField } from "react-aria-components";
import { keyLabel, PRESETS, rangeBadge, rangeLabel, typedKeys, type TimeRange } from "../../lib/timeRange";
import { lazily } from "../../lib/code";
import { cx } from "../../lib/cx";
import { timeText } from "../../text/time";
import { ErrorBoundary } from "../ErrorBoundary";
import { Popover } from "../Popover";
import { DAYS, dayRange } from "../../lib/days";
import { displayZone } from "../../lib/zone";
import { Skeleton } from "../Skeleton";

const CustomRange = lazily(async () => (await import("./CustomRange")).CustomRange);

const CUSTOM = "custom";

type Props = {
  value: TimeRange;
  onChange: (range: TimeRange) => void;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What is shown, as a badge and words; opened, presets, typed durations and a calendar. */
export function TimeRangePicker({ value, onChange, isOpen, onOpenChange }: Props) {
  const [isCustom, setIsCustom] = useState(false);
  const close = () => {
    setIsCustom(false);
    onOpenChange(false);
  };
  const choose = (range: TimeRange) => {
    onChange(range);
    close();
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={(open) => (open ? onOpenChange(true) : close())}>
      <Button
        aria-label={timeText.rangeIs(rangeLabel(value))}
        className="flex h-7 min-w-0 cursor-default items-center gap-1.5 rounded-control border border-line-strong bg-surface pr-1.5 pl-1 text-meta hovered:bg-hover pressed:bg-pressed dark:bg-raised dark:hovered:bg-pressed"
      >
        <span className="tabular rounded-[3px] bg-accent-soft px-1.5 text-label leading-5 font-medium text-accent">
          {rangeBadge(value)}
        </span>
        <span className="max-w-60 truncate max-phone:hidden">{rangeLabel(value)}</span>
        <span className="text-ink-3 max-stack:hidden">{zoneName()}</span>
        <ChevronDown size={14} className="text-ink-3" aria-hidden />
      </Button>
      <Popover placement="bottom end">
        <Dialog aria-label={timeText.range} className="outline-none">
          {isCustom ? (
            <ErrorBoundary compact>
              <Suspense fallback={<CustomRangeSkeleton />}>
                <CustomRange value={value} onApply={choose} onCancel={() => setIsCustom(false)} />
              </Suspense>
            </ErrorBoundary>
          ) : (
            <Presets value={value} onChoose={choose} onCustom={() => setIsCustom(true)} />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Presets({
  value,
  onChoose,
  onCustom,
}: {
  value: TimeRange;
  onChoose: (range: TimeRange) => void;
  onCustom: () => void;
}) {
  const [text, setText] = useState("");
  const needle = text.trim().toLowerCase();
  const typed = typedKeys(text);
  const keys =
    typed.length > 0
      ? typed
      : PRESETS.filter(({ key, label }) => key.includes(needle) || label.toLowerCase().includes(needle)).map(
          ({ key }) => key,
        );
  const days = DAYS.filter(({ label }) => label.toLowerCase().includes(needle));
  const act = (key: string) => {
    if (key === CUSTOM) onCustom();
    else if (DAYS.some((day) => day.key === key)) onChoose(dayRange(key, new Date(), displayZone()));
    else onChoose({ kind: "last", key });
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={timeText.search} autoFocus className="border-b border-line p-1.5">
        <Input
          placeholder={timeText.searchExample}
          className="h-7 w-60 rounded-control bg-transparent px-2 text-body outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={timeText.presetList}
        shouldCloseOnSelect={false}
        className="p-1 outline-none"
        onAction={(key) => act(String(key))}
      >
        {keys.map((key) => (
          <PresetItem key={key} id={key} badge={key} isChosen={value.kind === "last" && value.key === key}>
            {keyLabel(key)}
          </PresetItem>
        ))}
        {days.map(({ key, label }) => (
          <PresetItem key={key} id={key} isChosen={false}>
            {label}
          </PresetItem>
        ))}
        <PresetItem id={CUSTOM} isChosen={value.kind === "fixed"}>
          {timeText.calendar}
        </PresetItem>
      </Menu>
    </Autocomplete>
  );
}

function PresetItem({
  id,
  badge,
  isChosen,
  children,
}: {
  id: string;
  badge?: string;
  isChosen: boolean;
  children: string;
}) {
  return (
    <MenuItem
      id={id}
      textValue={children}
      className="flex h-7 cursor-default items-center gap-2 rounded-control px-2 text-body outline-none data-[focused]:bg-hover dark:data-[focused]:bg-pressed"
    >
      <span className={cx("tabular w-9 text-label font-medium", isChosen ? "text-accent" : "text-ink-3")}>
        {badge ?? <CalendarRange size={14} aria-hidden />}
      </span>
      <span className={isChosen ? "font-medium text-accent" : undefined}>{children}</span>
    </MenuItem>
  );
}

function CustomRangeSkeleton() {
  return (
    <div className="h-90 w-140 space-y-3 p-4">
      <Skeleton className="h-7 w-full" />
      <Skeleton className="h-60 w-full" />
    </div>
  );
}

function zoneName(): string {
  const part = new Intl.DateTimeFormat(undefined, { timeZoneName: "short", timeZone: displayZone() })
    .formatToParts(new Date())
    .find(({ type }) => type === "timeZoneName");
  return part?.value ?? "";
}
