/** What charts say about themselves. */
export const chartsText = {
  hint: "Drag to choose a time range; arrow keys move, Shift selects, Enter chooses",
  none: "Nothing in this time range",
  loading: (title: string) => `Loading: ${title}`,
  failed: "Not read",
  at: (time: string, values: string) => `${time}: ${values}`,
  noValue: "nothing",
};
