import { spanText } from "../../../text/span";
import { isRecord } from "../../../lib/storage";
import type { Json } from "../../../lib/json";
import { formatExact } from "../../../lib/format";
import { Badge } from "../../../ui/Badge";
import { CopyButton } from "../../../ui/CopyButton";
import { EmptyNote } from "../../../ui/EmptyState";
import { Duration } from "../../../ui/Figures";
import { JsonView } from "../../../ui/json/JsonView";
import { Disclosure } from "../../../ui/Section";
import { unnest } from "../../../lib/json";
import type { SpanNode } from "./SpanDetails";
import { StackTrace } from "./StackTrace";

export function EventsTab({ span }: { span: SpanNode }) {
  if (span.events.length === 0) return <EmptyNote>{spanText.noEvents}</EmptyNote>;
  return (
    <ol className="flex flex-col gap-2 p-4">
      {span.events.map((event, index) => (
        <li key={index}>
          <EventCard event={event} spanStart={span.startTime} isInitiallyOpen={span.events.length <= 3} />
        </li>
      ))}
    </ol>
  );
}

function EventCard({
  event,
  spanStart,
  isInitiallyOpen,
}: {
  event: SpanNode["events"][number];
  spanStart: string;
  isInitiallyOpen: boolean;
}) {
  const attributes = isRecord(event.attributes) ? (event.attributes as { [key: string]: Json }) : {};
  const { "exception.stacktrace": stack, ...rest } = attributes;
  const time = new Date(event.timestamp);
  const isException = event.name === "exception";
  return (
    <Disclosure
      isInitiallyOpen={isInitiallyOpen}
      title={
        <span className="flex items-center gap-2">
          {isException ? <Badge tone="danger">{spanText.exception}</Badge> : event.name}
          {event.fromLog && <Badge>{spanText.fromLog}</Badge>}
          <span className="font-normal text-ink-3" title={formatExact(time)}>
            +<Duration ms={Math.max(0, time.getTime() - new Date(spanStart).getTime())} />
          </span>
        </span>
      }
      note={event.message}
      actions={<CopyButton label={spanText.copyEvent} text={() => JSON.stringify(event, null, 2)} />}
    >
      <div className="flex flex-col gap-2">
        {event.message && <p className="break-words whitespace-pre-wrap">{event.message}</p>}
        {typeof stack === "string" && stack && <StackTrace text={stack} />}
        {Object.keys(rest).length > 0 && <JsonView value={unnest(rest)} />}
      </div>
    </Disclosure>
  );
}
