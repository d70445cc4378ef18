import { useDeferredValue, useState } from "react";
import { flatten, unnest } from "../../../lib/json";
import { attributesText as words } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { EmptyNote } from "../../../ui/EmptyState";
import { JsonView } from "../../../ui/json/JsonView";
import { SearchField } from "../../../ui/SearchField";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { PlainText } from "../../../ui/text/PlainText";
import { parseAttributes } from "../model/read";
import { AttributesTable } from "./AttributesTable";
import type { SpanNode } from "./SpanDetails";

type View = "table" | "json" | "unnested";

/** Everything that was sent, by the keys it was sent with. */
export function AttributesTab({ span }: { span: SpanNode }) {
  const [view, setView] = useState<View>("table");
  const [text, setText] = useState("");
  const needle = useDeferredValue(text.trim().toLowerCase());
  const attributes = parseAttributes(span.attributes);
  if (!attributes) {
    return (
      <div className="flex flex-col gap-2 p-4">
        <p className="text-meta text-danger">{words.unreadable}</p>
        <PlainText mono text={span.attributes} />
      </div>
    );
  }
  const leaves = flatten(attributes);
  if (leaves.length === 0) return <EmptyNote>{words.none}</EmptyNote>;
  return (
    <div className="flex flex-col">
      <div className="sticky top-0 z-10 flex h-10 items-center gap-2 border-b border-line bg-surface px-4">
        {view === "table" && (
          <SearchField
            label={words.search}
            placeholder={words.searchHint}
            value={text}
            onChange={setText}
            className="min-w-0 max-w-80 grow"
          />
        )}
        <span className="tabular text-meta whitespace-nowrap text-ink-3">{words.count(leaves.length)}</span>
        <span className="ml-auto" />
        <SegmentedControl
          label={words.view}
          value={view}
          onChange={setView}
          options={[
            { value: "table", label: words.table },
            { value: "json", label: words.json },
            { value: "unnested", label: words.unnested },
          ]}
        />
        <CopyButton
          label={words.copy}
          text={() => JSON.stringify(view === "unnested" ? unnest(attributes) : attributes, null, 2)}
        />
      </div>
      {view === "table" ? (
        <AttributesTable leaves={leaves} needle={needle} derivation={span.derivation} />
      ) : (
        <div className="px-4 py-3">
          <JsonView key={view} value={view === "unnested" ? unnest(attributes) : attributes} />
        </div>
      )}
    </div>
  );
}
