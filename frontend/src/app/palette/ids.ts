/** What a pasted text could be the id of. */
export type IdKind = "trace" | "span" | "text";

export function idKind(text: string): IdKind {
  if (/^[0-9a-f]{32}$/i.test(text)) return "trace";
  if (/^[0-9a-f]{16}$/i.test(text)) return "span";
  return "text";
}

/** Letters of `query` in the order of `text`, words first: 0 is no match, larger is better. */
export function score(text: string, query: string): number {
  const [haystack, needle] = [text.toLowerCase(), query.toLowerCase()];
  if (needle === "") return 1;
  if (haystack.startsWith(needle)) return 4;
  if (haystack.split(/[\s\-_/.]+/).some((word) => word.startsWith(needle))) return 3;
  if (haystack.includes(needle)) return 2;
  let from = 0;
  for (const letter of needle) {
    from = haystack.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return needle.length > 2 ? 1 : 0;
}
