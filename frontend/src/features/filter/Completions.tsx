import { useEffect } from "react";
import { cx } from "../../lib/cx";
import { filterText } from "../../text/filter";
import type { Completion, Group } from "./model/complete";

/** What can be written at the caret; the focus stays in the field. */
export function Completions({
  id,
  completions,
  active,
  onChoose,
}: {
  id: string;
  completions: readonly Completion[];
  active: number;
  onChoose: (completion: Completion) => void;
}) {
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const groups = [...new Set(completions.map(({ group }) => group))];
  return (
    <div
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label={filterText.completions}
      className="max-h-80 overflow-auto p-1"
      // The field must not lose the focus to what is pressed here.
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map((group: Group) => (
        <div key={group} role="group" aria-label={filterText.groups[group]} className="not-first:mt-1">
          <div aria-hidden className="px-2 py-0.5 text-label text-ink-3">
            {filterText.groups[group]}
          </div>
          {completions.map(
            (completion, index) =>
              completion.group === group && (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
                <div
                  key={`${index} ${completion.label}`}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  tabIndex={-1}
                  onClick={() => onChoose(completion)}
                  className={cx(
                    "flex h-6 cursor-default items-center gap-3 rounded-control px-2",
                    index === active ? "bg-selected" : "hover:bg-hover",
                  )}
                >
                  <code className="max-w-[70%] min-w-0 shrink-0 truncate text-code">{completion.label}</code>
                  {completion.note && (
                    <span className="min-w-0 grow truncate text-right text-meta text-ink-3">{completion.note}</span>
                  )}
                </div>
              ),
          )}
        </div>
      ))}
    </div>
  );
}
