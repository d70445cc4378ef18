import { cx } from "../../lib/cx";

const BLOCK = 20_000;

/** Text as it is. Megabytes are cut into blocks of which the browser lays out only the visible ones. */
export function PlainText({ text, mono = false }: { text: string; mono?: boolean }) {
  const look = cx("break-words whitespace-pre-wrap", mono ? "font-mono text-code" : "text-body");
  if (text.length <= BLOCK)
    return (
      <div dir="auto" className={look}>
        {text}
      </div>
    );
  return (
    <div className={look}>
      {blocks(text).map((block, index) => (
        <div key={index} dir="auto" className="[contain-intrinsic-size:auto_4000px] [content-visibility:auto]">
          {block}
        </div>
      ))}
    </div>
  );
}

/** Cut at line ends where there are any. */
function blocks(text: string): string[] {
  const result: string[] = [];
  for (let from = 0; from < text.length;) {
    const lineEnd = text.indexOf("\n", from + BLOCK);
    const end = lineEnd < 0 || lineEnd > from + 2 * BLOCK ? Math.min(text.length, from + BLOCK) : lineEnd;
    result.push(text.slice(from, end));
    from = text[end] === "\n" ? end + 1 : end;
  }
  return result;
}
