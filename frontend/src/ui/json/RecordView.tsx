import type { Json } from "../../lib/json";
import { isRecord } from "../../lib/storage";
import { JsonView } from "./JsonView";

const MAX_KEYS = 16;
const MAX_TEXT = 120;

/** A flat record reads better as names and values than as JSON. */
export function RecordView({ value }: { value: Json }) {
  if (!isFlat(value)) return <JsonView value={value} />;
  return (
    <dl className="grid grid-cols-[fit-content(40%)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-meta">
      {Object.entries(value).map(([key, item]) => (
        <div key={key} className="contents">
          <dt className="truncate text-ink-3" title={key}>
            {key}
          </dt>
          <dd className="break-words">{typeof item === "string" ? item : JSON.stringify(item)}</dd>
        </div>
      ))}
    </dl>
  );
}

function isFlat(value: Json): value is { [key: string]: Json } {
  if (!isRecord(value)) return false;
  const items = Object.values(value);
  return (
    items.length > 0 &&
    items.length <= MAX_KEYS &&
    items.every((item) =>
      typeof item === "string" ? item.length <= MAX_TEXT : typeof item !== "object" || item === null,
    )
  );
}
