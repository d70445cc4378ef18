import {
  CalendarDateTime,
  fromDate,
  toCalendarDateTime,
  toCalendarDate,
  today,
  type DateValue,
} from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import {
  Button as AriaButton,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateField,
  DateInput,
  DateSegment,
  Heading,
  Label,
  RangeCalendar,
} from "react-aria-components";
import { displayZone } from "../../lib/zone";
import { rangeBounds, type TimeRange } from "../../lib/timeRange";
import { common } from "../../text/common";
import { timeText } from "../../text/time";
import { Button } from "../Button";

/** Two months and two fields to the minute. A day picked in the calendar means the whole day. */
export function CustomRange({
  value,
  onApply,
  onCancel,
}: {
  value: TimeRange;
  onApply: (range: TimeRange) => void;
  onCancel: () => void;
}) {
  const zone = displayZone();
  const [bounds] = useState(() => rangeBounds(value, new Date()));
  const [start, setStart] = useState(() => toMinute(bounds.start, zone));
  const [end, setEnd] = useState(() => toMinute(bounds.end, zone));
  const isInverted = start.compare(end) >= 0;

  return (
    <form
      className="flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isInverted) onApply({ kind: "fixed", start: start.toDate(zone), end: end.toDate(zone) });
      }}
    >
      <div className="flex gap-3 max-phone:flex-col">
        <MinuteField label={timeText.start} value={start} onChange={setStart} isInvalid={isInverted} />
        <MinuteField label={timeText.end} value={end} onChange={setEnd} isInvalid={isInverted} />
      </div>
      {isInverted && (
        <p role="alert" className="text-meta text-danger">
          {timeText.inverted}
        </p>
      )}
      <RangeCalendar
        aria-label={timeText.days}
        visibleDuration={{ months: 2 }}
        maxValue={today(zone)}
        value={isInverted ? null : { start: toCalendarDate(start), end: toCalendarDate(end) }}
        onChange={(days) => {
          setStart(atTime(days.start, 0, 0, 0));
          setEnd(atTime(days.end, 23, 59, 59));
        }}
      >
        <div className="flex items-center justify-between pb-2">
          <AriaButton
            slot="previous"
            className="flex size-7 items-center justify-center rounded-control hovered:bg-hover"
          >
            <ChevronLeft size={16} />
          </AriaButton>
          <Heading className="text-body font-medium" />
          <AriaButton
            slot="next"
            className="flex size-7 items-center justify-center rounded-control hovered:bg-hover disabled:opacity-40"
          >
            <ChevronRight size={16} />
          </AriaButton>
        </div>
        <div className="flex gap-6">
          <Month offset={0} />
          <Month offset={1} />
        </div>
      </RangeCalendar>
      <footer className="flex justify-end gap-2 border-t border-line pt-3">
        <Button onPress={onCancel}>{common.cancel}</Button>
        <Button
          look="primary"
          isDisabled={isInverted}
          onPress={() => onApply({ kind: "fixed", start: start.toDate(zone), end: end.toDate(zone) })}
        >
          {timeText.apply}
        </Button>
      </footer>
    </form>
  );
}

function Month({ offset }: { offset: number }) {
  return (
    <CalendarGrid
      offset={{ months: offset }}
      className="tabular border-separate border-spacing-y-0.5 text-meta max-phone:not-first:hidden"
    >
      <CalendarGridHeader>
        {(day) => <CalendarHeaderCell className="size-8 text-label font-normal text-ink-3">{day}</CalendarHeaderCell>}
      </CalendarGridHeader>
      <CalendarGridBody>
        {(date) => (
          <CalendarCell
            date={date}
            className="flex size-8 cursor-default items-center justify-center rounded-control outline-none hovered:bg-hover selected:rounded-none selected:bg-accent-soft selected:text-accent data-[disabled]:text-ink-3 data-[outside-month]:hidden data-[selection-end]:rounded-r-control data-[selection-end]:bg-accent! data-[selection-end]:text-on-accent! data-[selection-start]:rounded-l-control data-[selection-start]:bg-accent! data-[selection-start]:text-on-accent! focus-ring:outline-2 focus-ring:outline-accent"
          />
        )}
      </CalendarGridBody>
    </CalendarGrid>
  );
}

function MinuteField({
  label,
  value,
  onChange,
  isInvalid,
}: {
  label: string;
  value: CalendarDateTime;
  onChange: (value: CalendarDateTime) => void;
  isInvalid: boolean;
}) {
  return (
    <DateField
      value={value}
      granularity="minute"
      hourCycle={24}
      isInvalid={isInvalid}
      onChange={(next) => next && onChange(toCalendarDateTime(next))}
      className="flex grow flex-col gap-1"
    >
      <Label className="text-label text-ink-3">{label}</Label>
      <DateInput className="tabular flex h-7 items-center rounded-control border border-line-strong bg-surface px-2 text-meta data-[focus-within]:border-accent data-[invalid]:border-danger">
        {(segment) => (
          <DateSegment
            segment={segment}
            className="rounded-[3px] px-0.5 outline-none data-[focused]:bg-accent data-[focused]:text-on-accent data-[placeholder]:text-ink-3"
          />
        )}
      </DateInput>
    </DateField>
  );
}

function toMinute(date: Date, zone: string): CalendarDateTime {
  return toCalendarDateTime(fromDate(date, zone)).set({ second: 0, millisecond: 0 });
}

function atTime(day: DateValue, hour: number, minute: number, second: number): CalendarDateTime {
  return new CalendarDateTime(day.year, day.month, day.day, hour, minute, second);
}
