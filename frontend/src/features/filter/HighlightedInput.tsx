import { useRef, type InputHTMLAttributes, type Ref } from "react";
import { cx } from "../../lib/cx";
import { matchingBrackets, tokenize, type Token, type TokenKind } from "./model/tokens";

const looks: Record<TokenKind, string> = {
  name: "text-ink",
  keyword: "text-accent",
  string: "text-success",
  number: "text-warning",
  operator: "text-ink-2",
  bracket: "text-ink-2",
  comment: "text-ink-3",
  other: "text-ink",
};

/** One glyph a character, or the layers would drift apart. */
const font = "font-mono text-code [font-feature-settings:'calt'_0]";

/** An input whose text is coloured by a layer below it: the caret, the selection and the keys are the browser's. */
export function HighlightedInput({
  value,
  caret,
  mark,
  inputRef,
  className,
  ...props
}: Omit<InputHTMLAttributes<HTMLInputElement>, "value"> & {
  value: string;
  caret: number | null;
  /** The part that is wrong. */
  mark: { start: number; end: number } | null;
  inputRef: Ref<HTMLInputElement>;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const follow = (input: HTMLInputElement) => {
    if (layer.current) layer.current.style.transform = `translateX(${-input.scrollLeft}px)`;
  };
  const tokens = tokenize(value);
  const brackets = caret === null ? [] : matchingBrackets(tokens, caret);
  return (
    <div className={cx("relative min-w-0 grow overflow-hidden", className)}>
      <div aria-hidden className="pointer-events-none absolute inset-0 flex items-center overflow-hidden">
        <div ref={layer} className={cx(font, "whitespace-pre")}>
          {pieces(value, tokens).map(({ token, text, start }) => (
            <span
              key={start}
              className={cx(
                token && looks[token.kind],
                brackets.includes(start) && "rounded-[2px] bg-pressed",
                mark &&
                  start < mark.end &&
                  start + text.length > mark.start &&
                  text.trim() !== "" &&
                  "underline decoration-danger decoration-wavy underline-offset-3",
              )}
            >
              {text}
            </span>
          ))}
        </div>
      </div>
      <input
        {...props}
        ref={inputRef}
        value={value}
        onScroll={(event) => follow(event.currentTarget)}
        onSelectCapture={(event) => follow(event.currentTarget)}
        className={cx(
          font,
          "relative h-7 w-full bg-transparent text-transparent caret-ink outline-none placeholder:font-sans placeholder:text-meta placeholder:text-ink-3",
        )}
      />
    </div>
  );
}

function pieces(value: string, tokens: readonly Token[]): { token: Token | null; text: string; start: number }[] {
  let at = 0;
  const all = tokens.flatMap((token) => {
    const gap = { token: null, text: value.slice(at, token.start), start: at };
    at = token.end;
    const own = { token, text: token.text, start: token.start };
    return gap.text ? [gap, own] : [own];
  });
  return at < value.length ? [...all, { token: null, text: value.slice(at), start: at }] : all;
}
