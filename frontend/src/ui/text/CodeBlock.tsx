import { cx } from "../../lib/cx";
import { common } from "../../text/common";
import { CopyButton } from "../CopyButton";
import { tokenize, type TokenKind } from "./tokenize";

const colours: Record<TokenKind, string> = {
  plain: "",
  comment: "text-ink-3",
  string: "text-success",
  number: "text-warning",
  keyword: "text-accent",
};

/** Long lines scroll, or wrap where nobody reads them. */
export function CodeBlock({ code, label, wraps = false }: { code: string; label: string; wraps?: boolean }) {
  return (
    <div className="group relative rounded-surface border border-line bg-sunken">
      <pre
        // Long lines scroll sideways, so the block must be reachable.
        tabIndex={0}
        aria-label={label}
        className={cx("overflow-x-auto p-3 pr-10 text-code", wraps && "break-all whitespace-pre-wrap")}
      >
        <code>
          {tokenize(code).map(({ kind, text }, index) => (
            <span key={index} className={colours[kind]}>
              {text}
            </span>
          ))}
        </code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-control bg-sunken">
        <CopyButton label={common.copyOf(label)} text={code} />
      </div>
    </div>
  );
}
