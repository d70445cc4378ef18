import { formatCount } from "../../../lib/format";
import { spanText as words } from "../../../text/span";
import { Cost } from "../../../ui/Figures";

type Entry = {
  readonly tokenType: string;
  readonly isPrompt: boolean;
  readonly value: { readonly tokens: number | null | undefined; readonly cost: number | null | undefined };
};

/** What each type of token cost, the dearest first, beside a bar of its share. */
export function CostBreakdown({ total, entries }: { total: number; entries: readonly Entry[] }) {
  return (
    <div data-kind="llm" className="flex w-72 flex-col gap-1.5 p-1">
      <dl className="flex flex-col gap-1.5">
        {entries
          .toSorted((a, b) => (b.value.cost ?? 0) - (a.value.cost ?? 0))
          .map(({ tokenType, isPrompt, value }) => (
            <div key={`${tokenType} ${isPrompt}`} className="flex flex-col gap-0.5">
              <div className="flex justify-between gap-3">
                <dt>{words.costOf(tokenType, isPrompt)}</dt>
                <dd className="flex gap-2">
                  {typeof value.tokens === "number" && (
                    <span className="tabular text-ink-3">{words.tokens(formatCount(value.tokens))}</span>
                  )}
                  <Cost usd={value.cost} />
                </dd>
              </div>
              <span aria-hidden className="h-1 overflow-hidden rounded-pill bg-sunken">
                <span
                  className="block h-full rounded-pill bg-kind-bar"
                  style={{ width: `${total > 0 ? Math.min(100, ((value.cost ?? 0) / total) * 100) : 0}%` }}
                />
              </span>
            </div>
          ))}
        <div className="flex justify-between border-t border-line pt-1 font-medium">
          <dt>{words.costTotal}</dt>
          <dd>
            <Cost usd={total} />
          </dd>
        </div>
      </dl>
      <p className="text-label text-ink-3">{words.costNote}</p>
    </div>
  );
}
