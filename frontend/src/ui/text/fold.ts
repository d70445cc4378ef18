/** Characters that fit on a line of the panes text is read in, roughly. */
const LINE_LENGTH = 92;
/** Folding away less than this would only cost a click. */
const SPARE_LINES = 5;

/** Where to cut so that about `lines` lines remain; `null` where the text is short enough to stay whole. */
export function cutAtLines(text: string, lines: number): number | null {
  let shown = 0;
  let from = 0;
  let cut: number | null = null;
  while (from < text.length) {
    const lineEnd = text.indexOf("\n", from);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const height = Math.max(1, Math.ceil((end - from) / LINE_LENGTH));
    if (cut === null && shown + height > lines) cut = Math.min(end, from + (lines - shown) * LINE_LENGTH);
    shown += height;
    if (shown > lines + SPARE_LINES) return cut;
    from = end + 1;
  }
  return null;
}
