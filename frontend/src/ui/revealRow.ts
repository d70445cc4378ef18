/**
 * Scrolls a list of rows of one height so that the row is seen below the sticky header, with `context` rows beyond it
 * where it was out of sight.
 */
export function revealRow(
  scroller: HTMLElement,
  index: number,
  { rowHeight, headerHeight, context = 0 }: { rowHeight: number; headerHeight: number; context?: number },
): void {
  const { scrollTop, clientHeight } = scroller;
  const top = index * rowHeight;
  const bottom = top + rowHeight + headerHeight;
  const beyond = context * rowHeight;
  if (top < scrollTop) scroller.scrollTop = Math.max(0, top - beyond);
  else if (bottom > scrollTop + clientHeight) scroller.scrollTop = bottom - clientHeight + beyond;
}
